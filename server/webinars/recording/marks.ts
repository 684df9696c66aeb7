import type { MarkInput } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findWebinar } from '../find-webinar.ts';
import { isOpen, mayRun } from '../policy.ts';
import type { Recording } from './recording.ts';

const MOST_MARKS = 200;

/**
 * Gives a name to a moment: one of the recording, or now in the room. Sent twice it is one.
 * @throws AppError 404, 403; 409 `webinar-over` for «now» when nothing goes on, `marks-enough`
 */
export async function setMark(actor: Actor, number: number, { clientId, title, seconds }: MarkInput): Promise<void> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayRun(standing)) throw forbidden();
  const recording = (await database()('recordings').where('webinar_id', webinar.id).whereNot('state', 'deleted').first('starts_at')) as Pick<Recording, 'starts_at'> | undefined;
  if (!recording) throw notFound();
  if (seconds === undefined && !isOpen(webinar, clock.now())) throw conflict('webinar-over');
  const at = seconds === undefined ? clock.now() : new Date(recording.starts_at.getTime() + seconds * 1000);
  await transaction(async (tx) => {
    const [{ count } = { count: 0 }] = (await tx('recording_marks').where('webinar_id', webinar.id).count('* as count')) as { count: string | number }[];
    if (Number(count) >= MOST_MARKS) throw conflict('marks-enough');
    await tx('recording_marks').insert({ webinar_id: webinar.id, at, title, author_id: actor.id, client_id: clientId }).onConflict(['webinar_id', 'author_id', 'client_id']).ignore();
  });
}

/** @throws AppError 404, 403 */
export async function removeMark(actor: Actor, number: number, id: string): Promise<void> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayRun(standing)) throw forbidden();
  if ((await database()('recording_marks').where({ id, webinar_id: webinar.id }).delete()) === 0) throw notFound();
}
