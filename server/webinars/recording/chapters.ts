import type { Chapter } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import type { FoundRecording } from './find-recording.ts';

/** Gives places of a recording that one can jump to, with what is to be seen there. */
export type ChapterSource = (found: FoundRecording) => Promise<Chapter[]>;

/** When a moment was, in seconds of the recording's clock; negative: before it. */
export const secondsOf = ({ recording }: Pick<FoundRecording, 'recording'>, moment: Date): number => (moment.getTime() - recording.starts_at.getTime()) / 1000;

const marks: ChapterSource = async (found) => {
  const rows = (await database()('recording_marks').where('webinar_id', found.webinar.id).orderBy('at').limit(500).select('id', 'at', 'title')) as { id: string; at: Date; title: string }[];
  return rows.map(({ id, at, title }) => ({ id, seconds: Math.max(0, secondsOf(found, at)), title, kind: 'mark', image: null, words: null, removable: found.runs }));
};

/** What has places in a recording: the marks that staff sets, and what is shown page by page. */
export const CHAPTER_SOURCES: ChapterSource[] = [marks];

/** All of them in order. */
export async function listChapters(found: FoundRecording): Promise<Chapter[]> {
  const chapters = (await Promise.all(CHAPTER_SOURCES.map((source) => source(found)))).flat();
  return chapters.filter(({ seconds }) => seconds >= 0 && seconds * 1000 <= found.recording.duration_ms).sort((a, b) => a.seconds - b.seconds);
}
