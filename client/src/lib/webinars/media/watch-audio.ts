import { type FrameHeader, payloadOf, unbundle } from '$contract/media-frame.ts';
import { SAMPLE_RATE, SOUND_FRAME, type ToPlayer } from './protocol.ts';
import { SomeTimes } from './some-times.ts';

const FRAME_US = (SOUND_FRAME / SAMPLE_RATE) * 1_000_000;

/** One voice from the room, decoded and handed to the player. */
export class AudioWatcher {
	private decoder: AudioDecoder | undefined;
	private readonly restarts = new SomeTimes(5, 30_000);

	constructor(
		private readonly track: number,
		private readonly play: (sound: ToPlayer, transfer: Transferable[]) => void,
		/** The decoder has failed too often. */
		private readonly unwatchable: () => void
	) {}

	configure(config: AudioDecoderConfig): void {
		if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
		this.decoder = new AudioDecoder({
			output: (data) => this.decoded(data),
			// Each piece of sound can be decoded by itself: a new decoder goes on with the next
			error: () => (this.restarts.once(performance.now()) ? this.configure(config) : this.unwatchable())
		});
		this.decoder.configure(config);
	}

	frame(header: FrameHeader, bytes: Uint8Array): void {
		if (this.decoder?.state !== 'configured') return;
		unbundle(payloadOf(bytes))?.forEach((data, i) => this.decoder?.decode(new EncodedAudioChunk({ type: 'key', timestamp: header.pts + i * FRAME_US, data })));
	}

	close(): void {
		if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
		this.play({ track: this.track, end: true }, []);
	}

	private decoded(data: AudioData): void {
		const samples = new Float32Array(data.numberOfFrames);
		data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
		const { timestamp } = data;
		data.close();
		this.play({ track: this.track, pts: timestamp, samples }, [samples.buffer]);
	}
}
