import { belongs } from '../../community/reach.ts';
import { prepared } from '../../database/prepared.ts';
import { forbidden, notFound, notSignedIn } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { findWebinar, type WebinarStanding } from '../find-webinar.ts';
import { isRemoved, roomRole } from '../find-room.ts';
import { mayRun } from '../policy.ts';
import type { Webinar } from '../webinar.ts';
import type { Recording } from './recording.ts';

export interface FoundRecording {
  webinar: Webinar;
  recording: Recording;
  /** Changes it, deletes it, sets marks: who runs the webinar. */
  runs: boolean;
  /** Could have been in the room: reads what was written there, and who wrote it. */
  insider: boolean;
}

const FIND = `select r.*, r.keep_until::text as keep_until, ($2::uuid is not null and w.network_id is not null and ${belongs('$2::uuid', 'w.network_id')}) as member
  from recordings r join webinars w on w.id = r.webinar_id where r.webinar_id = $1`;

/** A recording as far as this person may see it; undefined: there is none for her. The webinar is one that she may know of. */
export async function recordingFor(actor: Actor | null, webinar: Webinar, standing: WebinarStanding): Promise<FoundRecording | undefined> {
  const [row] = await prepared<Recording & { member: boolean }>('recording-find', FIND, [webinar.id, actor?.id ?? null]);
  if (!row) return undefined;
  const { member, ...recording } = row;
  const role = roomRole(standing);
  const removed = actor !== null && (role === undefined || role === 'attendee') && (await isRemoved(webinar.id, actor.id));
  const insider = !removed && (role !== undefined || (member && recording.visibility !== 'room'));
  const runs = mayRun(standing);
  const sees = { staff: standing.staff !== null || standing.manages, room: insider && role !== undefined, network: insider, public: true }[recording.visibility] || runs;
  return sees ? { webinar, recording, runs, insider } : undefined;
}

/** @throws AppError 404 for what she may not know of and where nothing was recorded; 401 for who may be somebody who sees it, 403 `recording-not-yours` */
export async function findRecording(actor: Actor | null, number: number): Promise<FoundRecording> {
  const { webinar, standing } = await findWebinar(actor, number);
  const found = await recordingFor(actor, webinar, standing);
  if (found) return found;
  const [there] = await prepared<{ state: string }>('recording-there', 'select state from recordings where webinar_id = $1', [webinar.id]);
  if (!there) throw notFound();
  throw actor ? forbidden('recording-not-yours') : notSignedIn();
}

/** For who runs the webinar. @throws AppError 404, 403 */
export async function findRecordingToRun(actor: Actor, number: number): Promise<FoundRecording> {
  const found = await findRecording(actor, number);
  if (!found.runs) throw forbidden();
  return found;
}
