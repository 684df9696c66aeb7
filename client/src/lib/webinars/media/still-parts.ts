import { beyond, FLAG, type FrameHeader, payloadOf } from '$contract/media-frame.ts';

/** Puts a still picture together again: all of its parts, one after the other, or nothing. Knows no browser. */
export class StillParts {
	private parts: Uint8Array[] = [];
	private group = -1;
	private last = 0;

	/** @returns the whole picture, once its last part has come. */
	take({ flags, group, seq, config }: FrameHeader, bytes: Uint8Array): Uint8Array[] | undefined {
		if ((flags & FLAG.key) !== 0) [this.parts, this.group] = [[], group];
		else if (group !== this.group || beyond(seq, this.last) !== 1) {
			// What has a hole is waited for no longer
			this.group = -1;
			return undefined;
		}
		this.last = seq;
		this.parts.push(payloadOf(bytes));
		if (this.parts.length < config) return undefined;
		this.group = -1;
		return this.parts.splice(0);
	}
}
