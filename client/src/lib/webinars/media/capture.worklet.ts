/** Gathers the microphone's sound, which comes in small pieces, into frames of 20 ms for the encoder; ends when it is told to. */
const FRAME = 960;

class Capture extends AudioWorkletProcessor {
	private frame = new Float32Array(FRAME);
	private filled = 0;
	private hasEnded = false;

	constructor() {
		super();
		this.port.onmessage = () => (this.hasEnded = true);
	}

	process(inputs: Float32Array[][]): boolean {
		if (this.hasEnded) return false;
		const [channel] = inputs[0] ?? [];
		// A microphone that is switched off gives nothing: that is silence, not an end
		const length = channel?.length ?? 128;
		for (let i = 0; i < length; i += 1) {
			this.frame[this.filled] = channel?.[i] ?? 0;
			this.filled += 1;
			if (this.filled < FRAME) continue;
			this.port.postMessage(this.frame, [this.frame.buffer]);
			this.frame = new Float32Array(FRAME);
			this.filled = 0;
		}
		return true;
	}
}

registerProcessor('pico-capture', Capture);
