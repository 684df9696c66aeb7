import { bundle, FLAG, KIND, writeFrame } from '$contract/media-frame.ts';
import { SAMPLE_RATE, SOUND_FRAME } from './protocol.ts';

const BITRATE = 28_000;
/** Two frames of 20 ms a message: half the messages, 20 ms more delay. */
const BUNDLED = 2;
const FRAME_US = (SOUND_FRAME / SAMPLE_RATE) * 1_000_000;
/** So far may counted samples and the clock be apart: a microphone that paused is counted anew. */
const MOST_DRIFT_US = 60_000;
const SILENCE = 1e-7;

export const AUDIO_CODEC = 'opus';

/** A voice on its way to the room. */
export class AudioPublisher {
	private readonly encoder: AudioEncoder;
	private chunks: Uint8Array[] = [];
	private firstPts = 0;
	private seq = 0;
	private nextPts: number | undefined;
	private level = 0;

	constructor(
		private readonly track: number,
		private readonly outlet: { configure(decoderConfig: AudioDecoderConfig): void; send(frame: Uint8Array): void; failed(): void }
	) {
		this.encoder = new AudioEncoder({ output: (chunk) => this.encoded(chunk), error: () => outlet.failed() });
		this.encoder.configure({ codec: AUDIO_CODEC, sampleRate: SAMPLE_RATE, numberOfChannels: 1, bitrate: BITRATE });
		outlet.configure({ codec: AUDIO_CODEC, sampleRate: SAMPLE_RATE, numberOfChannels: 1 });
	}

	/** @param samples 20 ms, mono. @param now microseconds of the session's clock, when their last was heard. */
	sound(samples: Float32Array<ArrayBuffer>, now: number): void {
		if (this.encoder.state !== 'configured') return;
		const heard = now - FRAME_US;
		if (this.nextPts === undefined || Math.abs(heard - this.nextPts) > MOST_DRIFT_US) this.nextPts = heard;
		this.level = loudness(samples);
		const data = new AudioData({ format: 'f32', sampleRate: SAMPLE_RATE, numberOfFrames: samples.length, numberOfChannels: 1, timestamp: Math.round(this.nextPts), data: samples });
		this.nextPts += FRAME_US;
		this.encoder.encode(data);
		data.close();
	}

	close(): void {
		if (this.encoder.state !== 'closed') this.encoder.close();
	}

	private encoded(chunk: EncodedAudioChunk): void {
		const bytes = new Uint8Array(chunk.byteLength);
		chunk.copyTo(bytes);
		if (this.chunks.length === 0) this.firstPts = chunk.timestamp;
		this.chunks.push(bytes);
		if (this.chunks.length < BUNDLED) return;
		this.seq += 1;
		const flags = FLAG.bundle | (this.level === 0 ? FLAG.silence : 0);
		this.outlet.send(writeFrame({ kind: KIND.audio, flags, layer: this.level, track: this.track, config: 1, seq: this.seq, group: Math.floor(this.firstPts / 1_000_000) % 2 ** 32, pts: this.firstPts }, bundle(this.chunks)));
		this.chunks = [];
	}
}

/** 0 (silence) to 127 (as loud as can be), in decibels. */
function loudness(samples: Float32Array): number {
	let sum = 0;
	for (const sample of samples) sum += sample * sample;
	const power = sum / samples.length;
	return power < SILENCE ? 0 : Math.max(0, Math.min(127, Math.round(127 + 10 * Math.log10(power) * 1.8)));
}
