import { FLAG, type FrameHeader, payloadOf, spatialOf } from '$contract/media-frame.ts';
import { SomeTimes } from './some-times.ts';

/** Pictures wait for their sound at most so long; then the sound is gone, and they go on without it. */
const MOST_WAIT_US = 500_000;
/** A picture may be shown so long before its sound, and is left out so long after it. */
const EARLY_US = 20_000;
const LATE_US = 80_000;
/** Frames that came before the configuration that decodes them. */
const MOST_HELD = 60;
/** A picture that was shown so lately moves: a still one would stand before it. */
const MOVING_MS = 1500;
/** Decoded frames hold much memory, and a decoder has only so many: what nobody shows is let go. */
const MOST_READY = 10;

interface Held {
	header: FrameHeader;
	bytes: Uint8Array;
}

/** One picture from the room: decoded as it comes, shown when its sound is heard. */
export class VideoWatcher {
	private readonly configs = new Map<number, { config: number; decoder: VideoDecoderConfig }>();
	private decoder: VideoDecoder | undefined;
	private configured = '';
	private held: Held[] = [];
	private ready: VideoFrame[] = [];
	private readyAt = new Map<VideoFrame, number>();
	private context: OffscreenCanvasRenderingContext2D | null = null;
	private needsKey = true;
	private readonly restarts = new SomeTimes(5, 30_000);
	private isGivenUp = false;
	private shown = 0;
	private drawnAt = -Infinity;
	/** Still pictures shown. */
	stills = 0;
	/** Session clock of the newest picture shown, microseconds. */
	shownPts: number | null = null;

	constructor(private readonly events: { wantKey(): void; unwatchable(): void }) {}

	showOn(canvas: OffscreenCanvas | null): void {
		this.context = canvas?.getContext('2d', { alpha: false }) ?? null;
	}

	configure(spatial: number, config: number, decoder: VideoDecoderConfig): void {
		this.configs.set(spatial, { config, decoder });
		const held = this.held;
		this.held = [];
		for (const { header, bytes } of held) this.frame(header, bytes);
	}

	frame(header: FrameHeader, bytes: Uint8Array): void {
		if (this.isGivenUp) return;
		const spatial = spatialOf(header.layer);
		const known = this.configs.get(spatial);
		if (known?.config !== header.config) {
			if (this.held.length < MOST_HELD) this.held.push({ header, bytes });
			return;
		}
		const isKey = (header.flags & FLAG.key) !== 0;
		const wanted = `${spatial}/${header.config}`;
		if (this.configured !== wanted || this.decoder?.state !== 'configured') {
			if (!isKey) return;
			this.start(known.decoder);
			this.configured = wanted;
		}
		if (this.needsKey && !isKey) return;
		this.needsKey = false;
		this.decoder?.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp: header.pts, data: payloadOf(bytes) }));
	}

	/** Decoded, and not yet shown. */
	get waiting(): number {
		return this.ready.length;
	}

	/** Pictures shown since this was last asked. */
	takeShown(): number {
		const { shown } = this;
		this.shown = 0;
		return shown;
	}

	/**
	 * Shows the newest picture whose time has come.
	 * @param heard microseconds of the session's clock that are being heard of the same person; null: nothing is, pictures do not wait.
	 */
	tick(heard: number | null, now: number): void {
		let due: VideoFrame | undefined;
		while (this.ready.length > 0) {
			const [next] = this.ready;
			if (!next) break;
			const waited = now - (this.readyAt.get(next) ?? now);
			if (heard !== null && next.timestamp > heard + EARLY_US && waited < MOST_WAIT_US) break;
			this.ready.shift();
			this.readyAt.delete(next);
			due?.close();
			due = next;
		}
		if (!due) return;
		const late = heard !== null && this.ready.length > 0 && heard - due.timestamp > LATE_US;
		if (!late) this.draw(due);
		due.close();
	}

	close(): void {
		for (const frame of this.ready) frame.close();
		this.ready = [];
		this.readyAt.clear();
		this.held = [];
		if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
	}

	/** Begins anew, with a key frame. */
	private start(config: VideoDecoderConfig): void {
		if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
		const decoder = new VideoDecoder({
			output: (frame) => {
				this.ready.push(frame);
				this.readyAt.set(frame, performance.now() * 1000);
				if (this.ready.length > MOST_READY) this.letGo();
			},
			error: () => this.failed()
		});
		decoder.configure({ ...config, optimizeForLatency: true });
		this.decoder = decoder;
	}

	private letGo(): void {
		const frame = this.ready.shift();
		if (!frame) return;
		this.readyAt.delete(frame);
		frame.close();
	}

	/** What cannot be decoded is followed by something that can: a key frame, and a new decoder for it. */
	private failed(): void {
		this.needsKey = true;
		this.configured = '';
		if (this.restarts.once(performance.now())) return this.events.wantKey();
		this.isGivenUp = true;
		this.events.unwatchable();
	}

	/** A picture that stands still, unless a moving one was shown just before. @param now ms. */
	drawStill(picture: ImageBitmap, now: number): void {
		const { context } = this;
		if (!context || now - this.drawnAt < MOVING_MS) return;
		const { canvas } = context;
		if (canvas.width !== picture.width || canvas.height !== picture.height) [canvas.width, canvas.height] = [picture.width, picture.height];
		context.drawImage(picture, 0, 0);
		this.stills += 1;
	}

	private draw(frame: VideoFrame): void {
		const { context } = this;
		if (!context) return;
		this.drawnAt = performance.now();
		const { canvas } = context;
		if (canvas.width !== frame.displayWidth || canvas.height !== frame.displayHeight) [canvas.width, canvas.height] = [frame.displayWidth, frame.displayHeight];
		context.drawImage(frame, 0, 0);
		this.shown += 1;
		this.shownPts = frame.timestamp;
	}
}
