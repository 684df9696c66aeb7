import { audit } from '../../accounts/audit.ts';
import { database } from '../../database/connection.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { clock, romeDay } from '../../gateways/clock.ts';
import { logDisk } from '../../gateways/log-disk.ts';
import type { Actor } from '../../http/actor.ts';
import { enqueue } from '../../jobs.ts';
import { findRecordingToRun } from './find-recording.ts';
import { forgetFiles } from './forget-files.ts';

/** So long after the files were made the logs stay, in case they have to be made anew. */
const LOGS_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** Deletes a recording before its time, with the reason: nobody sees it any more from that moment on. Done twice it is done once. @throws AppError 404, 403 */
export async function deleteRecording(actor: Actor, number: number, reason: string): Promise<void> {
  const { webinar } = await findRecordingToRun(actor, number);
  await transaction(async (tx) => {
    if (await end(tx, webinar.id, { deleted_by: actor.id, delete_reason: reason })) await audit(tx, actor, 'webinar.recording.delete', 'webinar', webinar.id, { details: { number, reason } });
  });
}

async function end(tx: Tx, webinarId: string, who: { deleted_by: string | null; delete_reason: string | null }): Promise<boolean> {
  const changed = await tx('recordings').where('webinar_id', webinarId).whereNot('state', 'deleted').update({ state: 'deleted', deleted_at: clock.now(), ...who });
  if (changed === 0) return false;
  await tx('recording_runs').where('webinar_id', webinarId).whereNull('stopped_at').update({ stopped_at: tx.raw('greatest(started_at, ?)', [clock.now()]) });
  for (const table of ['recording_captions', 'room_captions', 'recording_positions', 'recording_marks']) await tx(table).where('webinar_id', webinarId).delete();
  await enqueue(tx, 'forget-recording', { webinarId });
  return true;
}

/** What is left of a deleted recording on the disk and in the storage goes. Rows go last: killed before, it begins again. */
export async function forgetRecording(webinarId: string): Promise<void> {
  if (!(await database()('recordings').where({ webinar_id: webinarId, state: 'deleted' }).first('webinar_id'))) return;
  await logDisk.remove(webinarId);
  const digests = (await database()('recording_files').where('webinar_id', webinarId).pluck('digest')) as string[];
  await forgetFiles(digests);
  await database()('recording_files').where('webinar_id', webinarId).delete();
}

/** What was written along where nothing was being recorded: nobody keeps what was said off the record. Of webinars that ended before a moment. */
const UNRECORDED_CAPTIONS = `delete from room_captions c using webinars w where w.id = c.webinar_id and w.ends_at < ? and not exists (
  select from recording_runs r join recordings k on k.webinar_id = r.webinar_id where r.webinar_id = c.webinar_id and k.state <> 'deleted' and r.started_at <= c.began_at and (r.stopped_at is null or r.stopped_at > c.began_at))`;

/** Recordings whose last day is over are deleted, and what was written along of what was not recorded; of those that stay, the logs of which the files were made. */
export async function deleteRecordings(): Promise<void> {
  const over = (await database()('recordings').whereNull('deleted_at').where('keep_until', '<', romeDay()).pluck('webinar_id')) as string[];
  for (const webinarId of over) await transaction((tx) => end(tx, webinarId, { deleted_by: null, delete_reason: null }));
  await database().raw(UNRECORDED_CAPTIONS, [new Date(clock.now().getTime() - DAY_MS)]);
  const made = (await database()('recordings').where('state', 'ready').whereBetween('ready_at', [new Date(clock.now().getTime() - (LOGS_DAYS + 7) * DAY_MS), new Date(clock.now().getTime() - LOGS_DAYS * DAY_MS)]).pluck('webinar_id')) as string[];
  for (const webinarId of made) await logDisk.remove(webinarId);
}
