import type { FromPlayer, ToPlayer } from './protocol.ts';

/** How much is kept before it is heard: more where the line is uneven, and then slowly less. */
const LEAST_TARGET = 0.06;
const MOST_TARGET = 0.4;
/** Faster or slower by so much, nobody hears it. */
const CREEP = 0.005;
/** Too much waits: the oldest is left out. */
const MOST_WAITING = 0.8;
const TELL_EVERY = 0.1;

interface Piece {
	pts: number;
	samples: Float32Array;
}

/** The sound of one track: what waits to be heard, and how fast it is read. */
class Voice {
	private pieces: Piece[] = [];
	private at = 0;
	private playing = false;
	private target = LEAST_TARGET;
	private arrivals: { drift: number }[] = [];
	gap = 0;
	/** Session clock of the next sample, microseconds. */
	pts: number | null = null;

	get waiting(): number {
		return (this.pieces.reduce((sum, { samples }) => sum + samples.length, 0) - this.at) / sampleRate;
	}

	add(piece: Piece): void {
		this.pieces.push(piece);
		// How unevenly it arrives: three times that is a good reserve
		this.arrivals.push({ drift: currentTime - piece.pts / 1e6 });
		if (this.arrivals.length > 100) this.arrivals.shift();
		const drifts = this.arrivals.map(({ drift }) => drift).sort((a, b) => a - b);
		const jitter = (drifts[Math.floor(drifts.length * 0.95)] ?? 0) - (drifts[0] ?? 0);
		this.target = Math.min(MOST_TARGET, Math.max(LEAST_TARGET, 3 * jitter));
		while (this.waiting > MOST_WAITING) this.drop();
	}

	/** Adds what is to be heard now to `output`. */
	mix(output: Float32Array): void {
		if (!this.playing && this.waiting < this.target) return;
		this.playing = true;
		const speed = this.waiting > this.target * 1.5 ? 1 + CREEP : this.waiting < this.target * 0.7 ? 1 - CREEP : 1;
		for (let i = 0; i < output.length; i += 1) {
			const [piece] = this.pieces;
			if (!piece) {
				this.playing = false;
				this.gap += (output.length - i) / sampleRate;
				return;
			}
			const index = Math.floor(this.at);
			const [a = 0, b = piece.samples[index] ?? 0] = [piece.samples[index], piece.samples[index + 1]];
			output[i] = (output[i] ?? 0) + a + (b - a) * (this.at - index);
			this.pts = piece.pts + (this.at / sampleRate) * 1e6;
			this.at += speed;
			if (this.at < piece.samples.length) continue;
			this.at -= piece.samples.length;
			this.pieces.shift();
		}
	}

	private drop(): void {
		const [piece] = this.pieces;
		this.gap += ((piece?.samples.length ?? 0) - this.at) / sampleRate;
		this.pieces.shift();
		this.at = 0;
	}
}

class Player extends AudioWorkletProcessor {
	private readonly voices = new Map<number, Voice>();
	private toWorker: MessagePort | undefined;
	private toldAt = 0;

	constructor() {
		super();
		this.port.onmessage = ({ data }: MessageEvent<{ worker: MessagePort }>) => {
			this.toWorker = data.worker;
			this.toWorker.onmessage = ({ data: sound }: MessageEvent<ToPlayer>) => this.take(sound);
		};
	}

	process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
		const [output] = outputs[0] ?? [];
		if (!output) return true;
		for (const voice of this.voices.values()) voice.mix(output);
		if (currentTime - this.toldAt >= TELL_EVERY) {
			this.toldAt = currentTime;
			for (const [track, voice] of this.voices) this.tell(track, voice);
		}
		return true;
	}

	private take(sound: ToPlayer): void {
		if ('end' in sound) {
			this.voices.delete(sound.track);
			return;
		}
		const voice = this.voices.get(sound.track) ?? new Voice();
		this.voices.set(sound.track, voice);
		voice.add(sound);
	}

	private tell(track: number, voice: Voice): void {
		if (voice.pts === null) return;
		const told: FromPlayer = { track, pts: voice.pts, at: Date.now(), gapMs: voice.gap * 1000 };
		voice.gap = 0;
		this.toWorker?.postMessage(told);
	}
}

registerProcessor('pico-player', Player);
