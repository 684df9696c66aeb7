import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FLAG, KIND, type FrameHeader } from '../../../../../server/contract/media-frame.ts';
import { VideoWatcher } from './watch-video.ts';

/** A decoder that gives each frame at once: what it counts is who closes them. */
class Decoder {
	static last: Decoder | undefined;
	state = 'unconfigured';
	constructor(readonly init: { output(frame: { timestamp: number; close(): void }): void; error(): void }) {
		Decoder.last = this;
	}
	configure(): void {
		this.state = 'configured';
	}
	decode({ timestamp }: { timestamp: number }): void {
		open.add(timestamp);
		this.init.output({ timestamp, close: () => open.delete(timestamp) });
	}
	close(): void {
		this.state = 'closed';
	}
	fail(): void {
		this.close();
		this.init.error();
	}
}
const open = new Set<number>();
const browser = { VideoDecoder: Decoder, EncodedVideoChunk: class { timestamp: number; constructor({ timestamp }: { timestamp: number }) { this.timestamp = timestamp; } } };
beforeEach(() => {
	open.clear();
	Object.assign(globalThis, browser);
});
afterEach(() => {
	for (const name of Object.keys(browser)) Reflect.deleteProperty(globalThis, name);
});

function watching() {
	const told: string[] = [];
	const watcher = new VideoWatcher({ wantKey: () => told.push('key'), unwatchable: () => told.push('unwatchable') });
	watcher.configure(0, 1, { codec: 'vp8' });
	let seq = 0;
	const send = (flags = 0): void => {
		seq += 1;
		const header: FrameHeader = { kind: KIND.camera, flags, layer: 0, track: 1, config: 1, seq, group: 1, pts: seq };
		watcher.frame(header, new Uint8Array(30));
	};
	return { watcher, told, send };
}

describe('a picture from the room', () => {
	it('holds no more than ten frames that nobody shows, the newest, and none when it ends', () => {
		const { watcher, send } = watching();
		send(FLAG.key);
		for (let i = 0; i < 50; i += 1) send();
		expect([...open]).toEqual([42, 43, 44, 45, 46, 47, 48, 49, 50, 51]);
		expect(watcher.waiting).toBe(10);
		watcher.close();
		expect(open.size).toBe(0);
	});

	it('begins again with a key frame after an error, five times; then it gives up and says so', () => {
		const { told, send } = watching();
		send(FLAG.key);
		for (let i = 0; i < 5; i += 1) {
			Decoder.last?.fail();
			const before = open.size;
			send();
			expect(open.size).toBe(before);
			send(FLAG.key);
			expect(open.size).toBe(before + 1);
		}
		Decoder.last?.fail();
		const before = open.size;
		send(FLAG.key);
		expect(open.size).toBe(before);
		expect(told).toEqual(['key', 'key', 'key', 'key', 'key', 'unwatchable']);
	});
});
