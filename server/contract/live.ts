import { z } from 'zod';
import { Id } from './common.ts';
import type { RecordingTold } from './recording.ts';
import type { PointerInput } from './slides.ts';
import type { RoomRole } from './webinars.ts';

/** Where the media connection is: beside `/socket.io`, because a queue of pictures must never delay what is written. */
export const MEDIA_PATH = '/dal-vivo';

const Codec = z.string().max(60).regex(/^[a-zA-Z0-9.]+$/);
const LayerInput = z.strictObject({ spatial: z.int().min(0).max(3), codec: Codec, width: z.int().min(0).max(7680).default(0), height: z.int().min(0).max(4320).default(0) });

export const JoinInput = z.strictObject({ number: z.int().min(1).max(2_000_000_000) });
export const PublishInput = z.strictObject({
  kind: z.enum(['audio', 'camera', 'screen', 'still']),
  layers: z.array(LayerInput).min(1).max(3).refine((layers) => new Set(layers.map(({ spatial }) => spatial)).size === layers.length),
});
export const ConfigInput = z.strictObject({ track: z.int().min(0).max(0xffff), spatial: z.int().min(0).max(3), config: z.int().min(0).max(0xffff), decoderConfig: z.string().max(8192) });
export const SubscribeInput = z.strictObject({ track: z.int().min(0).max(0xffff), mostSpatial: z.int().min(0).max(3).default(3), on: z.boolean() });
export const TrackInput = z.strictObject({ track: z.int().min(0).max(0xffff) });
export const PersonInput = z.strictObject({ personId: Id });
export const RecordInput = z.strictObject({ on: z.boolean() });
/** What a crowd says without words. */
export const REACTIONS = ['applause', 'yes', 'no', 'slower', 'faster'] as const;
export type Reaction = (typeof REACTIONS)[number];
export const ReactionInput = z.strictObject({ kind: z.enum(REACTIONS) });
/** One person's reactions in a second; more say no more. */
export const REACTIONS_A_SECOND = 3;
export const HandInput = z.strictObject({ up: z.boolean() });

export interface TrackInfo {
  track: number;
  kind: 'audio' | 'camera' | 'screen' | 'still';
  personId: string;
  name: string;
  layers: { spatial: number; codec: string; width: number; height: number }[];
}

export interface PersonInRoom {
  personId: string;
  name: string;
  role: RoomRole;
  /** When the hand went up, ms of the session's clock; null: it is down. */
  hand: number | null;
  /** May publish: presenters, and whom one of them invited. */
  speaks: boolean;
}

export interface RoomState {
  role: RoomRole;
  personId: string;
  tracks: TrackInfo[];
  people: PersonInRoom[];
  /** How many are in the room; not all of them are in `people`. */
  present: number;
  /** What is said and shown may be recorded; `recording`: it is being. */
  recorded: boolean;
  recording: RecordingTold;
  /** The session's clock now, ms: everything in the room is told by it. */
  clock: number;
}

/** `reason`: what somebody wrote, where the refusal is hers. */
export type LiveAnswer<T = object> = ({ ok: true } & T) | { ok: false; code: string; reason?: string };

/** What a browser says on the media connection; each is answered. */
export interface ClientToMedia {
  frame: (bytes: Uint8Array) => void;
  'live:join': (input: z.input<typeof JoinInput>, done: (answer: LiveAnswer<{ state: RoomState }>) => void) => void;
  'live:publish': (input: z.input<typeof PublishInput>, done: (answer: LiveAnswer<{ track: number }>) => void) => void;
  'live:unpublish': (input: z.input<typeof TrackInput>, done: (answer: LiveAnswer) => void) => void;
  'live:config': (input: z.input<typeof ConfigInput>, done: (answer: LiveAnswer) => void) => void;
  'live:sub': (input: z.input<typeof SubscribeInput>, done: (answer: LiveAnswer) => void) => void;
  'live:key': (input: z.input<typeof TrackInput>, done: (answer: LiveAnswer) => void) => void;
  'live:hand': (input: z.input<typeof HandInput>, done: (answer: LiveAnswer) => void) => void;
  'live:invite': (input: z.input<typeof PersonInput>, done: (answer: LiveAnswer) => void) => void;
  'live:dismiss': (input: z.input<typeof PersonInput>, done: (answer: LiveAnswer) => void) => void;
  /** Who leads begins to record, or ends. */
  'live:record': (input: z.input<typeof RecordInput>, done: (answer: LiveAnswer) => void) => void;
  /** Applause and the like: counted together, never by whom; nobody answers. */
  'live:react': (input: z.input<typeof ReactionInput>) => void;
  /** Where who leads points on the slide; said often and lost without harm, so nobody answers. */
  'live:pointer': (input: PointerInput) => void;
  'live:clock': (done: (answer: LiveAnswer<{ clock: number }>) => void) => void;
}

export interface MediaToClient {
  frame: (bytes: Uint8Array) => void;
  'live:tracks': (tracks: TrackInfo[]) => void;
  'live:people': (told: { people: PersonInRoom[]; present: number }) => void;
  'live:config': (told: { track: number; spatial: number; config: number; decoderConfig: string }) => void;
  /** To a viewer: how much of the picture she gets now. */
  'live:rung': (told: { rung: number }) => void;
  /** To a publisher: this size of her track wants a key frame. */
  'live:key': (told: { track: number; spatial: number }) => void;
  /** To a publisher: nobody may hear this track any more. */
  'live:silenced': (told: { track: number }) => void;
  'live:pointer': (told: PointerInput) => void;
  /** How many reacted since it was last told. */
  'live:reactions': (told: Partial<Record<Reaction, number>>) => void;
  /** Whether what happens here is being recorded. */
  'live:recording': (told: RecordingTold) => void;
  /** Before the connection is closed: why. */
  'live:closed': (told: { reason: string }) => void;
}
