import { FLAG, type FrameHeader, KIND, writeFrame } from '$contract/media-frame.ts';

export interface VideoLayer {
	spatial: number;
	width: number;
	height: number;
	fps: number;
	bitrate: number;
}

/** The camera in two sizes: who has a slow line gets the small one. */
export const CAMERA_LAYERS: readonly VideoLayer[] = [
	{ spatial: 0, width: 320, height: 180, fps: 12, bitrate: 130_000 },
	{ spatial: 1, width: 640, height: 360, fps: 20, bitrate: 350_000 }
];
/** A screen is read, not watched: sharp and slow. */
export const SCREEN_LAYERS: readonly VideoLayer[] = [{ spatial: 0, width: 1280, height: 720, fps: 5, bitrate: 600_000 }];

const KEY_EVERY_US = { camera: 2_000_000, screen: 10_000_000 } as const;
/** An encoder that has so many frames to do is too slow for the next. */
const MOST_QUEUED = 2;
/** VP8 first: every browser decodes it, and nobody has to pay for it. */
const CODECS = ['vp8', 'avc1.42E01F', 'vp09.00.10.08'] as const;

/** The first codec that this browser encodes in all sizes; undefined: none. */
export async function chooseCodec(layers: readonly VideoLayer[]): Promise<string | undefined> {
	for (const codec of CODECS) {
		const answers = await Promise.all(layers.map((layer) => VideoEncoder.isConfigSupported(configOf(codec, layer)).catch(() => undefined)));
		if (answers.every((answer) => answer?.supported === true)) return codec;
	}
	return undefined;
}

function configOf(codec: string, { width, height, fps, bitrate }: VideoLayer): VideoEncoderConfig {
	return { codec, width, height, framerate: fps, bitrate, latencyMode: 'realtime', ...(codec === 'vp8' || codec.startsWith('vp09') ? { scalabilityMode: 'L1T2' } : { avc: { format: 'annexb' as const } }) };
}

interface Outlet {
	configure(spatial: number, config: number, decoderConfig: VideoDecoderConfig): void;
	send(frame: Uint8Array): void;
	/** Whether the line takes this size now. */
	takes(isSmallest: boolean): boolean;
	failed(): void;
}

/** Encodes one size of one track. */
class LayerEncoder {
	private readonly encoder: VideoEncoder;
	private readonly canvas: OffscreenCanvas;
	private seq = 0;
	private group = 0;
	private config = 0;
	private described = '';
	private keyAt = -Infinity;
	private keyWanted = true;
	private lastAt = -Infinity;

	constructor(
		private readonly track: number,
		private readonly kind: 'camera' | 'screen',
		private readonly layer: VideoLayer,
		codec: string,
		private readonly isSmallest: boolean,
		private readonly outlet: Outlet
	) {
		this.canvas = new OffscreenCanvas(layer.width, layer.height);
		this.encoder = new VideoEncoder({ output: (chunk, metadata) => this.encoded(chunk, metadata), error: () => outlet.failed() });
		this.encoder.configure(configOf(codec, layer));
	}

	wantKey(): void {
		this.keyWanted = true;
	}

	/** @param pts microseconds of the session's clock. */
	encode(frame: VideoFrame, pts: number): void {
		if (this.encoder.state !== 'configured' || this.encoder.encodeQueueSize > MOST_QUEUED) return;
		// What does not leave leaves a hole that only a key frame closes
		if (!this.outlet.takes(this.isSmallest)) {
			this.keyWanted = true;
			return;
		}
		// A frame a little early is one of this size all the same: cameras do not keep time exactly
		if (pts - this.lastAt < 800_000 / this.layer.fps) return;
		this.lastAt = pts;
		const keyFrame = this.keyWanted || pts - this.keyAt >= KEY_EVERY_US[this.kind];
		if (keyFrame) [this.keyWanted, this.keyAt] = [false, pts];
		const sized = this.fit(frame, pts);
		this.encoder.encode(sized, { keyFrame });
		sized.close();
	}

	close(): void {
		if (this.encoder.state !== 'closed') this.encoder.close();
	}

	/** The whole picture in this size, on black where its shape is another. */
	private fit(frame: VideoFrame, timestamp: number): VideoFrame {
		const { width, height } = this.layer;
		const context = this.canvas.getContext('2d', { alpha: false });
		const scale = Math.min(width / frame.displayWidth, height / frame.displayHeight);
		const [w, h] = [frame.displayWidth * scale, frame.displayHeight * scale];
		if (w < width || h < height) context?.clearRect(0, 0, width, height);
		context?.drawImage(frame, (width - w) / 2, (height - h) / 2, w, h);
		return new VideoFrame(this.canvas, { timestamp });
	}

	private encoded(chunk: EncodedVideoChunk, metadata?: EncodedVideoChunkMetadata): void {
		const described = metadata?.decoderConfig;
		let flags = chunk.type === 'key' ? FLAG.key : 0;
		if (described) {
			const text = JSON.stringify([described.codec, described.codedWidth, described.codedHeight, described.description === undefined ? 0 : described.description.byteLength]);
			if (text !== this.described) {
				this.described = text;
				this.config += 1;
				flags |= FLAG.afterConfig;
				this.outlet.configure(this.layer.spatial, this.config, described);
			}
		}
		const temporal = metadata?.svc?.temporalLayerId ?? 0;
		if (temporal > 0 && chunk.type !== 'key') flags |= FLAG.discardable;
		if (chunk.type === 'key') this.group += 1;
		const payload = new Uint8Array(chunk.byteLength);
		chunk.copyTo(payload);
		this.seq += 1;
		const header: FrameHeader = { kind: KIND[this.kind], flags, layer: (this.layer.spatial << 4) + temporal, track: this.track, config: this.config, seq: this.seq, group: this.group, pts: chunk.timestamp };
		this.outlet.send(writeFrame(header, payload));
	}
}

/** A camera or a screen on its way to the room, in each of its sizes. */
export class VideoPublisher {
	private readonly layers: Map<number, LayerEncoder>;

	constructor(track: number, kind: 'camera' | 'screen', layers: readonly VideoLayer[], codec: string, outlet: Outlet) {
		const smallest = Math.min(...layers.map(({ spatial }) => spatial));
		this.layers = new Map(layers.map((layer) => [layer.spatial, new LayerEncoder(track, kind, layer, codec, layer.spatial === smallest, outlet)]));
	}

	wantKey(spatial: number): void {
		this.layers.get(spatial)?.wantKey();
	}

	/** Takes the frame over: it is closed here. */
	frame(frame: VideoFrame, pts: number): void {
		for (const layer of this.layers.values()) layer.encode(frame, pts);
		frame.close();
	}

	close(): void {
		for (const layer of this.layers.values()) layer.close();
	}
}
