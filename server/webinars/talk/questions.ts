import type { QuestionInput, QuestionState, RoomQuestions } from '../../contract/room-talk.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { findOpenTalk, findTalk, findTalkToKeep } from './find-talk.ts';
import { keepsOrder, mayTalk } from './policy.ts';
import { presentQuestion, type QuestionRow } from './present.ts';
import { talkTopic } from './topics.ts';

const LIST = `
  select q.id, q.at, q.author_id, q.text, q.state, p.given_name, p.family_name, count(v.person_id)::int as votes, coalesce(bool_or(v.person_id = :me), false) as voted
    from room_questions q join people p on p.id = q.author_id left join room_question_votes v on v.question_id = q.id
   where q.webinar_id = :webinar and (q.state <> 'dismissed' or :settles or q.author_id = :me) group by q.id, p.id
   order by case q.state when 'open' then 0 when 'answered' then 1 else 2 end, votes desc, q.at, q.id limit 300`;

/** The questions of a room: the open ones first, the most wanted on top; what was dismissed only for who asked it and who keeps order. @throws AppError 404; 403 `webinar-not-registered` */
export async function listQuestions(actor: Actor, number: number): Promise<RoomQuestions> {
  const { webinar, role, open } = await findTalk(actor, number);
  const { rows } = await database().raw<{ rows: QuestionRow[] }>(LIST, { webinar: webinar.id, me: actor.id, settles: keepsOrder(role) });
  return { items: rows.map(presentQuestion), abilities: { ask: mayTalk(role, open), settle: keepsOrder(role) } };
}

/** Asks; one's own question has one's own vote. Sent twice it is one. @throws AppError 404, 403 as for the room */
export async function askQuestion(actor: Actor, number: number, { clientId, text }: QuestionInput): Promise<void> {
  const { webinar } = await findOpenTalk(actor, number);
  await transaction(async (tx) => {
    const [row] = (await tx('room_questions').insert({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId, text, at: clock.now() }).onConflict(['webinar_id', 'author_id', 'client_id']).ignore().returning('id')) as { id: string }[];
    if (!row) return;
    await tx('room_question_votes').insert({ question_id: row.id, person_id: actor.id });
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'questions' });
  });
}

/** Wants an answer too, or no longer. @throws AppError 404, 403 as for the room; 409 `question-settled` */
export async function voteQuestion(actor: Actor, number: number, id: string, up: boolean): Promise<void> {
  const { webinar } = await findOpenTalk(actor, number);
  await transaction(async (tx) => {
    const question = (await tx('room_questions').where({ id, webinar_id: webinar.id }).forShare().first('state')) as { state: QuestionState } | undefined;
    if (!question) throw notFound();
    if (question.state !== 'open') throw conflict('question-settled');
    const mine = { question_id: id, person_id: actor.id };
    if (up) await tx('room_question_votes').insert(mine).onConflict(['question_id', 'person_id']).ignore();
    else await tx('room_question_votes').where(mine).delete();
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'questions' });
  });
}

/** Answered, dismissed, or open again. @throws AppError 404, 403 */
export async function settleQuestion(actor: Actor, number: number, id: string, state: QuestionState): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await transaction(async (tx) => {
    const settled = state === 'open' ? { settled_at: null, settled_by: null } : { settled_at: clock.now(), settled_by: actor.id };
    const changed = await tx('room_questions').where({ id, webinar_id: webinar.id }).update({ state, ...settled });
    if (changed === 0) throw notFound();
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'questions' });
  });
}
