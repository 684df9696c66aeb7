import { FLAG, KIND, writeFrame } from '$contract/media-frame.ts';

/** Small enough for a slow line, large enough to be read. */
export const STILL = { width: 960, height: 540 } as const;
/** In parts that a slow line takes between two pieces of sound, and not faster than this: whole, it would make every voice wait. */
const PART_BYTES = 1400;
const PART_EVERY_MS = 60;
/** What has not changed is sent again so often, for who has come to it meanwhile. */
const AGAIN_MS = 4000;
/** Nothing is sent longer than this after somebody has asked for it. */
const WANTED_FOR_MS = 10_000;
const LOOK_MS = 500;
const MOST_BYTES = 40_000;
/** How small a copy two pictures are compared in, and how much a point of it must differ. */
const [GLANCE_WIDTH, GLANCE_HEIGHT] = [96, 54];
const DIFFERS = 8;

interface Outlet {
	/** Microseconds of the session's clock, now. */
	now(): number;
	send(frame: Uint8Array): void;
	/** Whether the line takes pictures at all. */
	takes(isSmallest: boolean): boolean;
}

/** The picture formats that browsers make: all make the second. */
export const STILL_TYPES = ['image/webp', 'image/jpeg'] as const;

/** The screen as still pictures, for those whose line takes no moving ones: only while somebody asks, and when there is something new in them. */
export class StillPublisher {
	private readonly canvas = new OffscreenCanvas(STILL.width, STILL.height);
	private readonly glance = new OffscreenCanvas(GLANCE_WIDTH, GLANCE_HEIGHT);
	private readonly timer = setInterval(() => void this.look(), LOOK_MS);
	private seen: Uint8ClampedArray | undefined;
	private wantedAt = -Infinity;
	private sentAt = -Infinity;
	private isBusy = false;
	private isClosed = false;
	private seq = 0;
	private group = 0;

	constructor(
		private readonly track: number,
		/** What the screen shows: the last frame that came, on a screen on which nothing moves no other will. */
		private readonly latest: () => VideoFrame | undefined,
		private readonly outlet: Outlet
	) {}


	want(): void {
		this.wantedAt = performance.now();
	}

	close(): void {
		this.isClosed = true;
		clearInterval(this.timer);
	}

	private async look(): Promise<void> {
		const now = performance.now();
		const frame = this.latest();
		if (this.isBusy || !frame || now - this.wantedAt > WANTED_FOR_MS || !this.outlet.takes(true)) return;
		const isNew = this.draw(frame);
		if (!isNew && now - this.sentAt < AGAIN_MS) return;
		this.isBusy = true;
		try {
			await this.send(new Uint8Array(await (await this.encode()).arrayBuffer()));
			this.sentAt = performance.now();
		} catch {
			// It is tried again at the next look
			this.seen = undefined;
		} finally {
			this.isBusy = false;
		}
	}

	/** @returns whether it looks otherwise than the last one. */
	private draw(frame: VideoFrame): boolean {
		const scale = Math.min(STILL.width / frame.displayWidth, STILL.height / frame.displayHeight);
		const [w, h] = [frame.displayWidth * scale, frame.displayHeight * scale];
		const context = this.canvas.getContext('2d', { alpha: false });
		context?.clearRect(0, 0, STILL.width, STILL.height);
		context?.drawImage(frame, (STILL.width - w) / 2, (STILL.height - h) / 2, w, h);
		const small = this.glance.getContext('2d', { alpha: false, willReadFrequently: true });
		small?.drawImage(this.canvas, 0, 0, GLANCE_WIDTH, GLANCE_HEIGHT);
		const points = small?.getImageData(0, 0, GLANCE_WIDTH, GLANCE_HEIGHT).data;
		const before = this.seen;
		this.seen = points;
		return !before || !points || points.some((value, i) => Math.abs(value - (before[i] ?? 0)) > DIFFERS);
	}

	private async encode(): Promise<Blob> {
		for (const type of STILL_TYPES) {
			for (const quality of [0.7, 0.4, 0.15]) {
				const blob = await this.canvas.convertToBlob({ type, quality });
				// A browser that cannot make this format makes another
				if (blob.type !== type) break;
				if (blob.size <= MOST_BYTES || quality === 0.15) return blob;
			}
		}
		throw new Error('no still picture');
	}

	/** Part by part: the first says, where a picture has its configuration, how many there are. */
	private async send(bytes: Uint8Array): Promise<void> {
		const parts = Math.ceil(bytes.byteLength / PART_BYTES);
		const pts = Math.round(this.outlet.now());
		this.group += 1;
		for (let part = 0; part < parts && !this.isClosed; part += 1) {
			this.seq += 1;
			const header = { kind: KIND.still, flags: part === 0 ? FLAG.key : 0, layer: 0, track: this.track, config: parts, seq: this.seq, group: this.group, pts };
			this.outlet.send(writeFrame(header, bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)));
			await new Promise((resolve) => setTimeout(resolve, PART_EVERY_MS));
		}
	}
}
