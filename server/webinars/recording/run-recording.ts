import { audit } from '../../accounts/audit.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden } from '../../errors.ts';
import { clock, romeDay } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { enqueue } from '../../jobs.ts';
import { findRoom } from '../find-room.ts';
import { leads } from '../media/room.ts';
import type { Webinar } from '../webinar.ts';
import { KEPT_DAYS, type Recording } from './recording.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * From now on what the room hears and sees is recorded. Said twice, it began once.
 * @throws AppError 404, 403; 409 `recording-not-announced` where nobody was told that it would be, `recording-deleted` where staff has deleted it
 */
export async function startRecording(actor: Actor, number: number): Promise<Webinar> {
  const { webinar, role } = await findRoom(actor, number);
  if (!leads(role)) throw forbidden();
  if (!webinar.recorded) throw conflict('recording-not-announced');
  await transaction(async (tx) => {
    const now = clock.now();
    await tx('recordings').insert({ webinar_id: webinar.id, starts_at: now, keep_until: romeDay(new Date(webinar.ends_at.getTime() + KEPT_DAYS * DAY_MS)) }).onConflict('webinar_id').ignore();
    const recording = (await tx('recordings').where('webinar_id', webinar.id).forUpdate().first()) as Recording;
    if (recording.state === 'deleted') throw conflict('recording-deleted');
    const on = (await tx('recording_runs').where('webinar_id', webinar.id).whereNull('stopped_at').first('id')) as object | undefined;
    if (on) return;
    await tx('recording_runs').insert({ webinar_id: webinar.id, started_at: now, started_by: actor.id });
    await tx('recordings').where('webinar_id', webinar.id).update({ state: 'recording' });
    await audit(tx, actor, 'webinar.recording.start', 'webinar', webinar.id, { details: { number } });
  });
  return webinar;
}

/** Ends it; it can begin again. Said twice, it ended once. @throws AppError 404, 403 */
export async function stopRecording(actor: Actor, number: number): Promise<Webinar> {
  const { webinar, role } = await findRoom(actor, number);
  if (!leads(role)) throw forbidden();
  await transaction(async (tx) => {
    if (await endRuns(tx, webinar.id, actor.id)) await audit(tx, actor, 'webinar.recording.stop', 'webinar', webinar.id, { details: { number } });
  });
  return webinar;
}

/** The webinar is over, and with it its recording: what was recorded is made ready to be watched. */
export async function endRecording(tx: Tx, webinarId: string): Promise<void> {
  if (await endRuns(tx, webinarId, null)) await enqueue(tx, 'mux-recording', { webinarId });
}

async function endRuns(tx: Tx, webinarId: string, by: string | null): Promise<boolean> {
  return (await tx('recording_runs').where('webinar_id', webinarId).whereNull('stopped_at').update({ stopped_at: tx.raw('greatest(started_at, ?)', [clock.now()]), stopped_by: by })) > 0;
}
