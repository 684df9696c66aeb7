import { z } from 'zod';
import { Day, Id, Moment, text } from './common.ts';
import { Key } from './completion.ts';

/** Who sees a recording: who runs the webinar; who had a place in its room; the members of its network too; whoever may know of the webinar. */
export const RecordingVisibility = z.enum(['staff', 'room', 'network', 'public']);
export type RecordingVisibility = z.output<typeof RecordingVisibility>;

/** What somebody in the room hears of the recording. */
export interface RecordingTold {
  /** Since when, ms of the session's clock; null: nothing is being recorded. */
  since: number | null;
  /** To who leads alone: the disk takes nothing, what happens now is lost. */
  trouble: boolean;
}

const Spans = z.array(z.tuple([z.number(), z.number()]));

export const ReplayFile = z.object({
  id: Id,
  kind: z.enum(['camera', 'screen', 'audio']),
  person: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Seconds. All files begin at 0 of the recording's clock. */
  duration: z.number(),
  /** When there is something to see in it, in seconds. */
  seen: Spans,
});
export type ReplayFile = z.output<typeof ReplayFile>;

/** A place with a name; `slide`: what was shown from there on. */
export const Chapter = z.object({ id: z.string(), seconds: z.number(), title: z.string(), kind: z.enum(['mark', 'slide']), image: z.string().nullable(), /** What is written on it, for the search. */ words: z.string().nullable(), removable: z.boolean() });
export type Chapter = z.output<typeof Chapter>;

export const Replay = z.object({
  webinar: z.object({ number: z.int(), title: z.string(), startsAt: Moment, network: z.object({ key: z.string(), name: z.string() }).nullable() }),
  state: z.enum(['recording', 'ready', 'empty', 'deleted']),
  /** Seconds. */
  duration: z.number(),
  /** The first has the sound by which the others are kept. */
  files: z.array(ReplayFile),
  chapters: z.array(Chapter),
  /** `live`: written along while it was said. */
  captions: z.array(z.object({ language: z.enum(['it', 'en']), cues: z.int(), live: z.boolean() })),
  /** Where one stopped, in seconds; null: not begun. */
  position: z.int().nullable(),
  visibility: RecordingVisibility,
  keepUntil: Day,
  deletedAt: Moment.nullable(),
  /** What is missing, in seconds: told to who runs the webinar. */
  gaps: Spans,
  abilities: z.object({ change: z.boolean(), remember: z.boolean(), threads: z.boolean() }),
});
export type Replay = z.output<typeof Replay>;

export const ReplayMessage = z.object({ id: z.string(), seconds: z.number(), author: z.string(), text: z.string() });
export type ReplayMessage = z.output<typeof ReplayMessage>;
export const ReplayQuestion = z.object({ id: Id, seconds: z.number(), author: z.string().nullable(), text: z.string(), votes: z.int(), answered: z.boolean(), answeredAt: z.number().nullable(), thread: z.int().nullable() });
export type ReplayQuestion = z.output<typeof ReplayQuestion>;
export const ReplayPoll = z.object({ id: Id, seconds: z.number(), question: z.string(), closedAt: z.number().nullable(), options: z.array(z.object({ text: z.string(), votes: z.int().nullable() })), voters: z.int().nullable() });
export type ReplayPoll = z.output<typeof ReplayPoll>;
/** What was written meanwhile, in order. Names, and the chat at all, are for who could have been in the room. `spoken`: what was said, by its captions, for the search. */
export const ReplayTalk = z.object({ spoken: z.array(z.object({ seconds: z.number(), text: z.string() })), messages: z.array(ReplayMessage), questions: z.array(ReplayQuestion), polls: z.array(ReplayPoll) });
export type ReplayTalk = z.output<typeof ReplayTalk>;

/** What of a lesson was held live and can be watched. */
export const LessonRecordings = z.object({ items: z.array(z.object({ number: z.int(), title: z.string(), startsAt: Moment, duration: z.number() })) });
export type LessonRecordings = z.output<typeof LessonRecordings>;
export const LessonRecordingsQuery = z.object({ enrolment: Id, lesson: Key });

/** The longest webinar, with what it may run over. */
export const LONGEST_SECONDS = 15 * 3600;

export const RecordingChange = z.object({ visibility: RecordingVisibility, keepUntil: Day }).partial();
export type RecordingChange = z.output<typeof RecordingChange>;
export const RecordingRemoval = z.object({ reason: text(5, 600) });
export const PositionInput = z.object({ seconds: z.int().min(0).max(LONGEST_SECONDS) });
/** `seconds` of the recording's clock; without it: now, in the room. */
export const MarkInput = z.object({ clientId: Id, title: text(2, 120), seconds: z.number().min(0).max(LONGEST_SECONDS).optional() });
export type MarkInput = z.output<typeof MarkInput>;
export const CaptionLanguage = z.enum(['it', 'en']);
export type CaptionLanguage = z.output<typeof CaptionLanguage>;
export const MOST_CAPTION_BYTES = 2 * 1024 * 1024;
export const ReplayThread = z.object({ number: z.int().nullable() });
