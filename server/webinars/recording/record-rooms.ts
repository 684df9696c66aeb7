import { randomUUID } from 'node:crypto';
import type { RecordingTold } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import { logDisk, logPath } from '../../gateways/log-disk.ts';
import { log } from '../../http/log.ts';
import { enqueue } from '../../jobs.ts';
import { leads, type Room } from '../media/room.ts';
import { openRoom } from '../media/rooms.ts';
import { Recorder } from './recorder.ts';

interface Recorded {
  room: Room;
  recorder: Recorder;
  stop(): void;
  since: number;
  trouble: boolean;
}

/** What this process records now, by webinar. */
const recorded = new Map<string, Recorded>();
/** One look after the other for each webinar; a crowd that comes at once waits for one and the same. */
const turns = new Map<string, { now: Promise<void>; next: Promise<void> | undefined }>();

/**
 * Makes this process record a room that should be, and no other: after somebody came in, went out, or switched it. What should be is in the database, so that
 * a process that takes over after another was killed goes on with a log of its own.
 */
export function followRecording(webinarId: string): Promise<void> {
  const going = turns.get(webinarId);
  if (going) return (going.next ??= going.now.then(() => begin(webinarId)));
  return begin(webinarId);
}

function begin(webinarId: string): Promise<void> {
  const turn = { now: Promise.resolve(), next: undefined as Promise<void> | undefined };
  turn.now = follow(webinarId)
    .catch((error: unknown) => log.error({ err: error, webinarId }, 'a recording could not be switched'))
    .finally(() => {
      if (!turn.next) turns.delete(webinarId);
    });
  turns.set(webinarId, turn);
  return turn.now;
}

async function follow(webinarId: string): Promise<void> {
  const room = openRoom(webinarId);
  const now = recorded.get(webinarId);
  if (now && now.room !== room) await end(webinarId, now);
  if (!room) return;
  const run = (await database()('recording_runs').where('webinar_id', webinarId).whereNull('stopped_at').first('started_at')) as { started_at: Date } | undefined;
  const going = recorded.get(webinarId);
  if (!run && going) await end(webinarId, going);
  if (!run || going || openRoom(webinarId) !== room) return;
  const begun: Recorded = {
    room, since: run.started_at.getTime(), trouble: false, stop: () => undefined,
    // Named by its moment: read in their order they are one recording
    recorder: new Recorder(() => logDisk.begin(logPath(webinarId, `${clock.now().getTime()}-${randomUUID()}`)), (error) => {
      begun.trouble = error !== undefined;
      if (error !== undefined) log.error({ err: error, webinarId }, 'a webinar is not being recorded: the disk takes nothing, or we failed');
      tell(webinarId, room);
    }),
  };
  recorded.set(webinarId, begun);
  begun.stop = room.listen(begun.recorder);
  await begun.recorder.begun;
  tell(webinarId, room);
}

async function end(webinarId: string, { room, recorder, stop }: Recorded): Promise<void> {
  stop();
  recorded.delete(webinarId);
  tell(webinarId, room);
  await recorder.close();
  // At once; otherwise it would be found within the minute
  await transaction((tx) => enqueue(tx, 'mux-recording', { webinarId }));
}

function tell(webinarId: string, room: Room): void {
  for (const guest of room.guests.values()) guest.outlet.recording(recordingTold(webinarId, leads(guest.role)));
}

/** What somebody in the room is told. */
export function recordingTold(webinarId: string, isLeader: boolean): RecordingTold {
  const now = recorded.get(webinarId);
  return { since: now?.since ?? null, trouble: isLeader && (now?.trouble ?? false) };
}

/** When everything that was recorded is on the disk: before the process ends. */
export async function recordingsWritten(): Promise<void> {
  await Promise.all([...turns.keys(), ...recorded.keys()].map(followRecording));
}
