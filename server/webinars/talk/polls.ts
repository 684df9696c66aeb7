import type { PollInput, RoomPolls } from '../../contract/room-talk.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, invalidField, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { findOpenTalk, findTalk, findTalkToKeep } from './find-talk.ts';
import { keepsOrder, mayTalk } from './policy.ts';
import { type PollRow, presentPoll } from './present.ts';
import { talkTopic } from './topics.ts';

const LIST = `
  select p.id, p.question, p.options, p.multiple, p.closed_at,
         (select count(distinct v.person_id)::int from room_poll_votes v where v.poll_id = p.id) as voters,
         coalesce((select jsonb_object_agg(c.choice, c.votes) from (select choice, count(*)::int as votes from room_poll_votes where poll_id = p.id group by choice) c), '{}') as votes,
         coalesce((select array_agg(v.choice::int order by v.choice) from room_poll_votes v where v.poll_id = p.id and v.person_id = :me), '{}') as chosen
    from room_polls p where p.webinar_id = :webinar order by p.at desc, p.id desc limit 50`;

/** The polls of a room, the newest first. @throws AppError 404; 403 `webinar-not-registered` */
export async function listPolls(actor: Actor, number: number): Promise<RoomPolls> {
  const { webinar, role, open } = await findTalk(actor, number);
  const { rows } = await database().raw<{ rows: PollRow[] }>(LIST, { webinar: webinar.id, me: actor.id });
  return { items: rows.map((row) => presentPoll(row, keepsOrder(role))), abilities: { create: keepsOrder(role) && open, vote: mayTalk(role, open) } };
}

/** Asks the room to choose; sent twice it is one poll. @throws AppError 404, 403 */
export async function openPoll(actor: Actor, number: number, { clientId, question, options, multiple }: PollInput): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await findOpenTalk(actor, number);
  await transaction(async (tx) => {
    await tx('room_polls').insert({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId, question, options, multiple, at: clock.now() }).onConflict(['webinar_id', 'author_id', 'client_id']).ignore();
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'polls' });
  });
}

/** Chooses, in place of what was chosen before. @throws AppError 404, 403 as for the room; 409 `poll-closed`; 422 `poll-one-choice`, `poll-no-option` */
export async function votePoll(actor: Actor, number: number, id: string, chosen: number[]): Promise<void> {
  const { webinar } = await findOpenTalk(actor, number);
  await transaction(async (tx) => {
    // Two windows of one person, one after the other; and no vote while it is being closed
    const poll = (await tx('room_polls').where({ id, webinar_id: webinar.id }).forUpdate().first('options', 'multiple', 'closed_at')) as { options: string[]; multiple: boolean; closed_at: Date | null } | undefined;
    if (!poll) throw notFound();
    if (poll.closed_at) throw conflict('poll-closed');
    if (!poll.multiple && chosen.length > 1) throw invalidField('body.chosen', 'poll-one-choice', 'poll-one-choice');
    if (chosen.some((choice) => choice >= poll.options.length)) throw invalidField('body.chosen', 'poll-no-option', 'poll-no-option');
    await tx('room_poll_votes').where({ poll_id: id, person_id: actor.id }).delete();
    await tx('room_poll_votes').insert(chosen.map((choice) => ({ poll_id: id, person_id: actor.id, choice })));
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'polls' });
  });
}

/** Ends a poll: everybody sees what came of it. @throws AppError 404, 403 */
export async function closePoll(actor: Actor, number: number, id: string): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await transaction(async (tx) => {
    const changed = await tx('room_polls').where({ id, webinar_id: webinar.id }).update({ closed_at: tx.raw('coalesce(closed_at, ?)', [clock.now()]) });
    if (changed === 0) throw notFound();
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'polls' });
  });
}
