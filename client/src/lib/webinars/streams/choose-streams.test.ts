import { describe, expect, it } from '@jest/globals';
import type { RoomStream } from '$contract/room-streams.ts';
import { chooseStreams } from './choose-streams.ts';

const stream = (name: string, kind: RoomStream['kind'], voice: string | null): RoomStream => ({ personId: name, name, kind, tracks: voice === null ? '1' : kind === 'voice' ? voice : `1-${voice}`, voice, mediaType: kind === 'voice' ? 'audio/webm; codecs="opus"' : 'video/webm; codecs="vp8, opus"' });
const all = { soundOnly: false, most: 4, plays: () => true };
const names = (streams: RoomStream[]) => streams.map(({ name, kind }) => `${name} ${kind}`);

describe('what is played of a room', () => {
	it('is everything, where there is not too much of it', () => {
		const items = [stream('Rosa', 'camera', '2'), stream('Rosa', 'screen', null), stream('Ugo', 'voice', '3')];
		expect(chooseStreams(items, all)).toEqual({ played: items, left: [] });
	});

	it('is the screen and the voices first, where there is', () => {
		const items = [stream('Silent', 'camera', null), stream('Ada', 'voice', '2'), stream('Bice', 'camera', '3'), stream('Carla', 'voice', '4'), stream('Ada', 'screen', null), stream('Dina', 'voice', '5')];
		const { played, left } = chooseStreams(items, all);
		expect(names(played)).toEqual(['Ada voice', 'Bice camera', 'Carla voice', 'Ada screen']);
		expect(names(left)).toEqual(['Silent camera', 'Dina voice']);
	});

	it('is the voice alone, where a picture cannot or should not be', () => {
		const items = [stream('Rosa', 'camera', '2'), stream('Rosa', 'screen', null), stream('Silent', 'camera', null)];
		const alone = [{ ...stream('Rosa', 'camera', '2'), kind: 'voice', tracks: '2', mediaType: 'audio/webm; codecs="opus"' }];
		expect(chooseStreams(items, { ...all, soundOnly: true }).played).toEqual(alone);
		expect(chooseStreams(items, { ...all, plays: (type) => type.startsWith('audio') }).played).toEqual(alone);
		expect(chooseStreams(items, { ...all, plays: () => false })).toEqual({ played: [], left: [] });
	});
});
