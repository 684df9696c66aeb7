import { database } from '../../database/connection.ts';
import type { CaptionRow } from '../captions/caption.ts';
import { secondsOf } from './chapters.ts';
import type { FoundRecording } from './find-recording.ts';

/** From and to in seconds of the recording's clock. */
export interface SpokenCue {
  from: number;
  to: number;
  text: string;
}

/** How fast people read subtitles, characters a second: what broadcasters hold to. */
const READ_A_SECOND = 15;
/** A line stands so long at least and at most, seconds, unless the next one comes. */
const [LEAST, MOST] = [1.5, 7];
/** However fast the next one comes. */
const GLANCE = 0.5;

/** What was written along while the recording was on, as captions: a line stands from when its first word was typed until it has been read, or the next one comes. */
export async function spokenCues(found: FoundRecording): Promise<SpokenCue[]> {
  const { rows } = await database().raw<{ rows: CaptionRow[] }>(
    `select c.sequence, c.text, c.began_at, c.at from room_captions c where c.webinar_id = :webinar
       and exists (select 1 from recording_runs r where r.webinar_id = c.webinar_id and r.started_at <= c.began_at and (r.stopped_at is null or r.stopped_at > c.began_at)) order by c.sequence`,
    { webinar: found.webinar.id },
  );
  const begins: number[] = [];
  // Two who write along in turn begin before the other has sent: no line stands before the one ahead of it
  for (const { began_at } of rows) begins.push(Math.max(Math.max(0, secondsOf(found, began_at)), begins.length > 0 ? (begins.at(-1) ?? 0) + GLANCE : 0));
  return rows.map(({ text }, i) => {
    const from = begins[i] ?? 0;
    return { from, to: Math.min(from + Math.min(MOST, Math.max(LEAST, text.length / READ_A_SECOND)), begins[i + 1] ?? Infinity), text };
  });
}

/** As a file of captions (WebVTT). What is written along has no marks: what looks like one is words. */
export function toWebVtt(cues: readonly SpokenCue[]): string {
  const body = cues.map(({ from, to, text }) => `${clockOf(from)} --> ${clockOf(to)}\n${escaped(text)}\n`);
  return ['WEBVTT\n', ...body].join('\n');
}

const escaped = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `01:02:03.450` */
function clockOf(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
