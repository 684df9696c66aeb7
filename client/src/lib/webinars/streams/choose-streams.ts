import type { RoomStream } from '$contract/room-streams.ts';

/** A browser keeps six connections to one host that speaks HTTP/1.1: two are left for what is written and asked for. */
export const MOST_OVER_HTTP_1 = 4;
/** Whoever speaks is heard first; a screen is there to be read. */
const RANK = { voice: 0, screen: 1, camera: 2 } as const;

interface Choice {
	soundOnly: boolean;
	/** How many a browser may have at once. */
	most: number;
	/** Whether it plays a media type. */
	plays: (mediaType: string) => boolean;
}

export interface Playable extends RoomStream {
	mediaType: string;
}

/** What is played of what is sent, each in the order in which it came, and what is wanted and cannot be. */
export function chooseStreams(items: readonly RoomStream[], { soundOnly, most, plays }: Choice): { voices: Playable[]; pictures: Playable[]; left: RoomStream[] } {
	const wanted = items.filter(({ kind }) => kind === 'voice' || !soundOnly);
	const playable = wanted.filter((stream): stream is Playable => stream.mediaType !== null && plays(stream.mediaType));
	const first = new Set<RoomStream>([...playable].sort((a, b) => RANK[a.kind] - RANK[b.kind]).slice(0, most));
	return {
		voices: playable.filter((stream) => first.has(stream) && stream.kind === 'voice'),
		pictures: playable.filter((stream) => first.has(stream) && stream.kind !== 'voice'),
		left: wanted.filter((stream) => !first.has(stream))
	};
}
