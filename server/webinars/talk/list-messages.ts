import type { RoomMessages } from '../../contract/room-talk.ts';
import { database } from '../../database/connection.ts';
import type { Actor } from '../../http/actor.ts';
import { findTalk } from './find-talk.ts';
import { keepsOrder, mayTalk } from './policy.ts';
import { type MessageRow, presentMessage } from './present.ts';

/** As many as anybody still sees on a page. */
const MOST_HIDDEN = 200;

/**
 * What was said after a number, in order: how a browser begins (`latest`: with the last ones) and how it catches up. What is for who runs the room alone
 * is left out for others, and `upTo` says how far nothing is missing all the same; `hidden`, what of the rest was taken away, perhaps while one was not there.
 * @throws AppError 404; 403 `webinar-not-registered`
 */
export async function listMessages(actor: Actor, number: number, { after, limit, latest }: { after: number; limit: number; latest: boolean }): Promise<RoomMessages> {
  const { webinar, role, open } = await findTalk(actor, number);
  const talk = (await database()('room_talks').where('webinar_id', webinar.id).first('last_sequence', 'slow_seconds')) as { last_sequence: number; slow_seconds: number } | undefined;
  const last = talk?.last_sequence ?? 0;
  const from = latest ? Math.max(after, last - limit) : after;
  const { rows } = await database().raw<{ rows: (MessageRow & { given_name: string; family_name: string })[] }>(
    `select m.*, p.given_name, p.family_name from room_messages m join people p on p.id = m.author_id
      where m.webinar_id = :webinar and m.sequence > :from and m.sequence <= :last and (not m.to_staff or :staff or m.author_id = :me) order by m.sequence limit :limit`,
    { webinar: webinar.id, from, last, staff: keepsOrder(role), me: actor.id, limit });
  const hidden = after === 0 ? [] : ((await database()('room_messages').where('webinar_id', webinar.id).where('sequence', '<=', after).whereNotNull('hidden_at').orderBy('sequence', 'desc').limit(MOST_HIDDEN).pluck('sequence')) as number[]);
  const complete = rows.length < limit;
  return { items: rows.map(presentMessage), hidden, upTo: complete ? last : (rows.at(-1)?.sequence ?? last), last, slowSeconds: talk?.slow_seconds ?? 0, abilities: { write: mayTalk(role, open), moderate: keepsOrder(role) } };
}
