import { audit } from '../../accounts/audit.ts';
import type { RecordingChange } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, type FieldError, invalid } from '../../errors.ts';
import { clock, romeDay } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { mistake } from '../schedule-facts.ts';
import { findRecording, findRecordingToRun } from './find-recording.ts';

const LONGEST_MS = 10 * 366 * 24 * 3_600_000;

/** Who may watch it, and until when it is kept; what is not given stays. @throws AppError 404, 403; 409 `recording-deleted`; 422 */
export async function changeRecording(actor: Actor, number: number, given: RecordingChange): Promise<void> {
  const { webinar, recording } = await findRecordingToRun(actor, number);
  if (recording.state === 'deleted') throw conflict('recording-deleted');
  const mistakes: FieldError[] = [
    ...(given.keepUntil !== undefined && given.keepUntil < romeDay() ? [mistake('keepUntil', 'keep-until-past')] : []),
    ...(given.keepUntil !== undefined && given.keepUntil > romeDay(new Date(clock.now().getTime() + LONGEST_MS)) ? [mistake('keepUntil', 'keep-until-far')] : []),
    ...(given.visibility === 'network' && webinar.network_id === null ? [mistake('visibility', 'recording-no-network')] : []),
  ];
  if (mistakes.length > 0) throw invalid(mistakes);
  const before = { visibility: recording.visibility, keepUntil: recording.keep_until };
  const after = { visibility: given.visibility ?? before.visibility, keepUntil: given.keepUntil ?? before.keepUntil };
  if (before.visibility === after.visibility && before.keepUntil === after.keepUntil) return;
  await transaction(async (tx) => {
    const changed = await tx('recordings').where('webinar_id', webinar.id).whereNot('state', 'deleted').update({ visibility: after.visibility, keep_until: after.keepUntil });
    if (changed === 0) throw conflict('recording-deleted');
    await audit(tx, actor, 'webinar.recording.change', 'webinar', webinar.id, { details: { number, before, after } });
  });
}

/** Where she stopped watching. @throws AppError 404, 403 */
export async function rememberPosition(actor: Actor, number: number, seconds: number): Promise<void> {
  const { webinar } = await findRecording(actor, number);
  const row = { seconds, at: clock.now() };
  await database()('recording_positions').insert({ webinar_id: webinar.id, person_id: actor.id, ...row }).onConflict(['webinar_id', 'person_id']).merge(row);
}
