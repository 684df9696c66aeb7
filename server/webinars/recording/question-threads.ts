import { startThread } from '../../community/start-thread.ts';
import { database } from '../../database/connection.ts';
import { conflict, forbidden, notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { findWebinar } from '../find-webinar.ts';
import { mayRun } from '../policy.ts';

const LONGEST_TITLE = 120;
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');

/**
 * A question that nobody answered goes on as a thread of the webinar's network, without its author's name: it was asked in a room. Done twice it is one thread.
 * @returns its number; null where a moderator must let it through first. @throws AppError 404, 403; 409 `question-settled`; as for a thread
 */
export async function openQuestionThread(actor: Actor, number: number, id: string): Promise<number | null> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayRun(standing)) throw forbidden();
  const question = (await database()('room_questions as q').leftJoin('threads as t', 't.id', 'q.thread_id').where({ 'q.id': id, 'q.webinar_id': webinar.id }).first('q.text', 'q.state', 't.number as thread')) as { text: string; state: string; thread: number | null } | undefined;
  const network = (await database()('networks').where('id', webinar.network_id).first('key')) as { key: string } | undefined;
  if (!question || !network) throw notFound();
  if (question.thread !== null) return question.thread;
  if (question.state !== 'open') throw conflict('question-settled');
  const title = question.text.length > LONGEST_TITLE ? `${question.text.slice(0, LONGEST_TITLE - 1)}…` : question.text;
  const html = `<p>${escape(question.text)}</p><p><a href="/webinar/${webinar.number}">${escape(webinar.title)}</a></p>`;
  // The question's own id: asked twice, or by two people at once, it is one
  const thread = await startThread(actor, network.key, { clientId: id, title: title.length < 5 ? `${title} (${webinar.title})`.slice(0, LONGEST_TITLE) : title, html, tags: [], attachments: [] });
  if (thread !== null) await database()('room_questions').where('id', id).update({ thread_id: database()('threads').where('number', thread).select('id') });
  return thread;
}
