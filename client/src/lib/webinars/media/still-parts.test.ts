import { describe, expect, it } from '@jest/globals';
import { FLAG, KIND, readHeader, writeFrame } from '../../../../../server/contract/media-frame.ts';
import { StillParts } from './still-parts.ts';

const part = (group: number, seq: number, of: number, isFirst: boolean) => writeFrame({ kind: KIND.still, flags: isFirst ? FLAG.key : 0, layer: 0, track: 1, config: of, seq, group, pts: 0 }, Uint8Array.of(group, seq));
function taken(parts: Uint8Array[]): number[][] {
	const still = new StillParts();
	return parts.flatMap((bytes) => {
		const header = readHeader(bytes);
		const whole = header && still.take(header, bytes);
		return whole ? [whole.flatMap((one) => [...one])] : [];
	});
}

describe('a still picture', () => {
	it('is there when its last part has come', () => {
		expect(taken([part(1, 1, 3, true), part(1, 2, 3, false)])).toEqual([]);
		expect(taken([part(1, 1, 3, true), part(1, 2, 3, false), part(1, 3, 3, false), part(2, 4, 1, true)])).toEqual([[1, 1, 1, 2, 1, 3], [2, 4]]);
	});
	it('of which a part is missing is none, and the next one is', () => {
		expect(taken([part(1, 1, 3, true), part(1, 3, 3, false), part(1, 4, 3, false), part(2, 5, 2, true), part(2, 6, 2, false)])).toEqual([[2, 5, 2, 6]]);
	});
	it('whose beginning was not seen is none, nor is one that another cut off', () => {
		expect(taken([part(1, 2, 2, false), part(2, 3, 2, true), part(3, 4, 2, true), part(2, 5, 2, false), part(3, 6, 2, false)])).toEqual([]);
	});
});
