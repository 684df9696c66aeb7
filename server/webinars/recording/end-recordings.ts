import { OVERRUN_MINUTES } from '../../contract/webinars.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import { enqueue } from '../../jobs.ts';
import { endRecording } from './run-recording.ts';

/** Ends what is still on of webinars that are over, and has files made of what nobody has made any of: also after a process was killed. */
export async function endRecordings(): Promise<void> {
  const overdue = new Date(clock.now().getTime() - OVERRUN_MINUTES * 60_000);
  const on = (await database()('recording_runs as r').join('webinars as w', 'w.id', 'r.webinar_id').whereNull('r.stopped_at')
    .where((over) => over.whereNotNull('w.closed_at').orWhereNotNull('w.cancelled_at').orWhere('w.ends_at', '<', overdue)).pluck('r.webinar_id')) as string[];
  for (const webinarId of on) await transaction((tx) => endRecording(tx, webinarId));
  const waiting = (await database()('recordings as x').where('x.state', 'recording').whereNotExists(database()('recording_runs as r').whereRaw('r.webinar_id = x.webinar_id').whereNull('r.stopped_at')).pluck('x.webinar_id')) as string[];
  for (const webinarId of waiting) await transaction((tx) => enqueue(tx, 'mux-recording', { webinarId }));
}
