import type { PersonInRoom, Reaction, RoomState, TrackInfo } from '$contract/live.ts';
import type { RecordingTold } from '$contract/recording.ts';

export type Kind = 'audio' | 'camera' | 'screen';

/** What the page says to the worker in which all media is handled. */
export type ToWorker =
	| { say: 'open'; number: number }
	| { say: 'leave' }
	/** Frames of the camera or of the screen as they come, one message each where the browser has no stream of them. */
	| { say: 'publish-video'; kind: 'camera' | 'screen'; frames: ReadableStream<VideoFrame> | MessagePort }
	/** Sound as the worklet gives it: mono, 48 kHz, 20 ms a message. */
	| { say: 'publish-audio'; samples: MessagePort }
	| { say: 'unpublish'; kind: Kind }
	/** Where a track is to be seen; null: nowhere any more. */
	| { say: 'show'; track: number; canvas: OffscreenCanvas | null }
	/** Where sound goes, and comes back from with what has been heard. */
	| { say: 'play'; player: MessagePort }
	/** The lowest rung that the viewer wants (0 everything, 2 the small picture, 3 no picture). */
	| { say: 'wanted'; rung: number }
	/** Whether the page is to be seen. */
	| { say: 'seen'; seen: boolean }
	/** Begin to record, or end. */
	| { say: 'record'; on: boolean }
	/** Where on the slide one points; null: nowhere any more. */
	| { say: 'point'; at: [number, number] | null }
	| { say: 'react'; kind: Reaction }
	| { say: 'hand'; up: boolean }
	| { say: 'invite'; personId: string; speaks: boolean };

export type FromWorker =
	| { tell: 'joined'; state: RoomState }
	/** For good: the line is closed. `reason`: what somebody wrote. */
	| { tell: 'refused'; code: string; reason?: string }
	| { tell: 'tracks'; tracks: TrackInfo[] }
	| { tell: 'people'; people: PersonInRoom[]; present: number }
	| { tell: 'rung'; rung: number }
	/** To who sends: 0 everything leaves, 1 the small picture alone, 2 no picture. */
	| { tell: 'uplink'; level: number }
	/** A track that this browser does not manage to decode. */
	| { tell: 'unwatchable'; track: number }
	/** What is published is no longer heard by anybody, or was refused. */
	| { tell: 'silenced'; kind: Kind; code?: string }
	| { tell: 'recording'; told: RecordingTold }
	| { tell: 'record-refused'; code: string }
	| { tell: 'pointer'; at: [number, number] | null }
	/** How many reacted lately. */
	| { tell: 'reactions'; counts: Partial<Record<Reaction, number>> }
	| { tell: 'line'; up: boolean }
	/** How it goes, once a second. */
	| { tell: 'figures'; figures: Figures };

export interface Figures {
	/** From the camera to the decoder, ms; null: nothing to see. */
	delayMs: number | null;
	/** Pictures shown in the last second. */
	shown: number;
	/** Pictures shown since one came in. */
	shownInAll: number;
	/** Still pictures of screens shown since one came in. */
	stills: number;
	/** Pictures decoded that wait to be shown, of the track of which there are most. */
	waiting: number;
	/** Sound that had to be left out in the last second, ms. */
	gapMs: number;
	/** Sound before picture (negative) or after it, ms, as last shown. */
	lipMs: number | null;
}

/** From the worker to the player: decoded sound of one track. */
export type ToPlayer = { track: number; pts: number; samples: Float32Array } | { track: number; end: true };
/** Back from the player: what of a track is being heard now. */
export interface FromPlayer {
	track: number;
	/** Microseconds of the session's clock at the player's output. */
	pts: number;
	/** When that was, ms since the epoch as this machine counts it. */
	at: number;
	gapMs: number;
}

export const SAMPLE_RATE = 48_000;
/** 20 ms. */
export const SOUND_FRAME = 960;
