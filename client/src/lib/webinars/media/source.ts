import { CAMERA_LAYERS, chooseCodec, SCREEN_LAYERS, VideoPublisher } from './publish-video.ts';
import { STILL, StillPublisher } from './publish-still.ts';
import { AUDIO_CODEC, AudioPublisher } from './publish-audio.ts';
import type { Kind } from './protocol.ts';

/** Where what is encoded goes, and what it may know on its way. */
export interface Outlet {
	/** Microseconds of the session's clock, now. */
	now(): number;
	configure(track: number, spatial: number, config: number, decoder: VideoDecoderConfig | AudioDecoderConfig): void;
	send(frame: Uint8Array): void;
	/** Whether the line takes a picture of this size. */
	takes(isSmallest: boolean): boolean;
	/** The encoder has given up. */
	failed(kind: Kind): void;
}

/** Something that one shows or says, as long as it is switched on: under a track's number where there is a line, waiting where there is none. */
export interface Source {
	track: number | undefined;
	/** Its number is being asked for. */
	isAsking: boolean;
	/** Begins to send under a track's number. */
	start(track: number): void;
	/** In which sizes; undefined: this browser can send it in none. */
	layers(): Promise<{ spatial: number; codec: string; width: number; height: number }[] | undefined>;
	wantKey(spatial: number): void;
	stop(): void;
}

/** A screen on which nothing moves gives no frames: its last one goes again after so long, for who came meanwhile or lost one. */
const AGAIN_MS = 1000;
const LOOK_MS = 250;

/** @param frames as they come; taken over, closed with the source. @param look sees each of them too, and leaves it. */
export function videoSource(kind: 'camera' | 'screen', frames: ReadableStream<VideoFrame> | MessagePort, outlet: Outlet, look: (frame: VideoFrame) => void = () => {}): Source {
	const sizes = kind === 'camera' ? CAMERA_LAYERS : SCREEN_LAYERS;
	let publisher: VideoPublisher | undefined;
	let codec: string | undefined;
	let isStopped = false;
	let latest: VideoFrame | undefined;
	let sentAt = -Infinity;
	const send = (frame: VideoFrame): void => {
		sentAt = performance.now();
		if (publisher) publisher.frame(frame, Math.round(outlet.now()));
		else frame.close();
	};
	const take = (frame: VideoFrame): void => {
		if (isStopped) return frame.close();
		look(frame);
		if (kind === 'screen') {
			latest?.close();
			latest = frame.clone();
		}
		send(frame);
	};
	const timer = kind === 'screen' ? setInterval(() => latest && publisher && performance.now() - sentAt >= AGAIN_MS && send(latest.clone()), LOOK_MS) : undefined;
	if (frames instanceof MessagePort) frames.onmessage = ({ data }: MessageEvent<VideoFrame>) => take(data);
	const reader = frames instanceof MessagePort ? undefined : frames.getReader();
	void (async () => {
		for (;;) {
			const next = await reader?.read().catch(() => undefined);
			if (!next?.value) return;
			take(next.value);
		}
	})();
	return {
		track: undefined,
		isAsking: false,
		async layers() {
			codec ??= await chooseCodec(sizes);
			return codec === undefined ? undefined : sizes.map(({ spatial, width, height }) => ({ spatial, width, height, codec: codec ?? '' }));
		},
		start(track) {
			publisher?.close();
			publisher = new VideoPublisher(track, kind, sizes, codec ?? '', {
				configure: (spatial, config, decoder) => outlet.configure(track, spatial, config, decoder),
				send: outlet.send,
				takes: outlet.takes,
				failed: () => outlet.failed(kind)
			});
		},
		wantKey: (spatial) => publisher?.wantKey(spatial),
		stop() {
			isStopped = true;
			clearInterval(timer);
			latest?.close();
			latest = undefined;
			publisher?.close();
			void reader?.cancel().catch(() => undefined);
			if (frames instanceof MessagePort) frames.close();
		}
	};
}

/** The screen as still pictures, besides the moving one. */
export function stillSource(outlet: Outlet): Source & { look(frame: VideoFrame): void } {
	let publisher: StillPublisher | undefined;
	let latest: VideoFrame | undefined;
	let isStopped = false;
	return {
		track: undefined,
		isAsking: false,
		layers: () => Promise.resolve([{ spatial: 0, codec: 'still', ...STILL }]),
		look(frame) {
			// The screen may go on without them
			if (isStopped) return;
			latest?.close();
			latest = frame.clone();
		},
		start(track) {
			publisher?.close();
			publisher = new StillPublisher(track, () => latest, outlet);
		},
		wantKey: () => publisher?.want(),
		stop() {
			isStopped = true;
			publisher?.close();
			latest?.close();
			latest = undefined;
		}
	};
}

/** @param samples 20 ms a message; taken over, closed with the source. */
export function audioSource(samples: MessagePort, outlet: Outlet): Source {
	let publisher: AudioPublisher | undefined;
	samples.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => publisher?.sound(data, outlet.now());
	return {
		track: undefined,
		isAsking: false,
		layers: () => Promise.resolve(typeof AudioEncoder === 'undefined' ? undefined : [{ spatial: 0, codec: AUDIO_CODEC, width: 0, height: 0 }]),
		start(track) {
			publisher?.close();
			publisher = new AudioPublisher(track, { configure: (config) => outlet.configure(track, 0, 1, config), send: outlet.send, failed: () => outlet.failed('audio') });
		},
		wantKey: () => undefined,
		stop() {
			publisher?.close();
			samples.close();
		}
	};
}
