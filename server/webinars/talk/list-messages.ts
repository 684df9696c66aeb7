import type { RoomMessages } from '../../contract/room-talk.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { findTalk } from './find-talk.ts';
import { keepsOrder, mayTalk } from './policy.ts';
import { type MessageRow, presentMessage } from './present.ts';

/** As many as anybody still sees on a page. */
const MOST_HIDDEN = 200;

const SAID = `select m.*, p.given_name, p.family_name from room_messages m join people p on p.id = m.author_id
  where m.webinar_id = $1 and m.sequence > $2 and m.sequence <= $3 and (not m.to_staff or $4::boolean or m.author_id = $5) order by m.sequence limit $6`;
const HIDDEN = `select sequence from room_messages where webinar_id = $1 and sequence <= $2 and hidden_at is not null order by sequence desc limit ${MOST_HIDDEN}`;

/**
 * What was said after a number, in order: how a browser begins (`latest`: with the last ones) and how it catches up. What is for who runs the room alone
 * is left out for others, and `upTo` says how far nothing is missing all the same; `hidden`, what of the rest was taken away, perhaps while one was not there.
 * @throws AppError 404; 403 `webinar-not-registered`
 */
export async function listMessages(actor: Actor, number: number, { after, limit, latest }: { after: number; limit: number; latest: boolean }): Promise<RoomMessages> {
  const { webinar, role, open } = await findTalk(actor, number);
  const [talk] = await prepared<{ last_sequence: number; slow_seconds: number; locked: boolean }>('room-talk', 'select last_sequence, slow_seconds, locked from room_talks where webinar_id = $1', [webinar.id]);
  const last = talk?.last_sequence ?? 0;
  const from = latest ? Math.max(after, last - limit) : after;
  const [rows, hidden] = await Promise.all([
    last > from ? prepared<MessageRow & { given_name: string; family_name: string }>('room-messages', SAID, [webinar.id, from, last, keepsOrder(role), actor.id, limit]) : [],
    after > 0 ? prepared<{ sequence: number }>('room-hidden', HIDDEN, [webinar.id, after]) : [],
  ]);
  const complete = rows.length < limit;
  return { items: rows.map(presentMessage), hidden: hidden.map(({ sequence }) => sequence), upTo: complete ? last : (rows.at(-1)?.sequence ?? last), last, slowSeconds: talk?.slow_seconds ?? 0, locked: talk?.locked ?? false, abilities: { write: mayTalk(role, open), moderate: keepsOrder(role) } };
}
