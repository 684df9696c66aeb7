import type { RoomStream } from '$contract/room-streams.ts';

/** A browser keeps six connections to one host that speaks HTTP/1.1: two are left for what is written and asked for. */
export const MOST_OVER_HTTP_1 = 4;
const VOICE = 'audio/webm; codecs="opus"';

export interface Choice {
	soundOnly: boolean;
	/** How many a browser may have at once. */
	most: number;
	/** Whether it plays a media type. */
	plays: (mediaType: string) => boolean;
}

/**
 * What is played of what is sent: where a picture cannot or should not be, its voice alone. Where there are too many, the shared screen and the voices go before pictures
 * without one.
 * @returns what is played in the order in which it came, and who is left out
 */
export function chooseStreams(items: readonly RoomStream[], { soundOnly, most, plays }: Choice): { played: RoomStream[]; left: RoomStream[] } {
	const voice = (stream: RoomStream): RoomStream[] => (stream.voice !== null && plays(VOICE) ? [{ ...stream, kind: 'voice', tracks: stream.voice, mediaType: VOICE }] : []);
	const playable = items.flatMap((stream) => (stream.kind === 'voice' || soundOnly || !plays(stream.mediaType) ? voice(stream) : [stream]));
	const weight = ({ kind, voice: heard }: RoomStream): number => (kind === 'screen' ? 0 : heard === null ? 2 : 1);
	const first = new Set([...playable].sort((a, b) => weight(a) - weight(b)).slice(0, most));
	return { played: playable.filter((stream) => first.has(stream)), left: playable.filter((stream) => !first.has(stream)) };
}
