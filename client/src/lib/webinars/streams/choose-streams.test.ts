import { describe, expect, it } from '@jest/globals';
import type { RoomStream } from '$contract/room-streams.ts';
import { chooseStreams } from './choose-streams.ts';

const stream = (name: string, kind: RoomStream['kind'], mediaType: string | null = kind === 'voice' ? 'audio/webm' : 'video/webm'): RoomStream => ({ track: 1, personId: name, name, kind, mediaType });
const all = { soundOnly: false, most: 4, plays: () => true };
const names = ({ voices, pictures, left }: ReturnType<typeof chooseStreams>) => [voices, pictures, left].map((streams: RoomStream[]) => streams.map(({ name, kind }) => `${name} ${kind}`));

describe('what is played of a room', () => {
	it('is everything, where there is not too much of it', () => {
		expect(names(chooseStreams([stream('Rosa', 'camera'), stream('Rosa', 'screen'), stream('Ugo', 'voice')], all))).toEqual([['Ugo voice'], ['Rosa camera', 'Rosa screen'], []]);
	});

	it('is the voices first, then the screen, where there is', () => {
		const items = [stream('Ada', 'camera'), stream('Bice', 'camera'), stream('Bice', 'screen'), stream('Ada', 'voice'), stream('Bice', 'voice')];
		expect(names(chooseStreams(items, all))).toEqual([['Ada voice', 'Bice voice'], ['Ada camera', 'Bice screen'], ['Bice camera']]);
		expect(names(chooseStreams(items, { ...all, most: 2 }))).toEqual([['Ada voice', 'Bice voice'], [], ['Ada camera', 'Bice camera', 'Bice screen']]);
	});

	it('is the voices alone, where pictures should not be or cannot be; who cannot be is named', () => {
		const items = [stream('Rosa', 'camera'), stream('Rosa', 'voice'), stream('Ugo', 'screen', null)];
		expect(names(chooseStreams(items, { ...all, soundOnly: true }))).toEqual([['Rosa voice'], [], []]);
		expect(names(chooseStreams(items, { ...all, plays: (type) => type.startsWith('audio') }))).toEqual([['Rosa voice'], [], ['Rosa camera', 'Ugo screen']]);
		expect(names(chooseStreams(items, { ...all, plays: () => false }))).toEqual([[], [], ['Rosa camera', 'Rosa voice', 'Ugo screen']]);
	});
});
