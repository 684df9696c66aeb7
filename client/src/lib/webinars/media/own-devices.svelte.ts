import { capturePicture, captureSound, openDevice } from './capture.ts';
import type { Kind, ToWorker } from './protocol.ts';

/** One's own microphone, camera and screen: switched on when one wants to, and off in every case in which nobody is to see or hear them any more. */
export class OwnDevices {
	/** What is being sent now. */
	sending = $state<Record<Kind, boolean>>({ audio: false, camera: false, screen: false });
	/** Why something could not be sent, or no longer is. */
	trouble = $state<{ kind: Kind; code: string } | null>(null);
	/** To see oneself. */
	pictures = $state.raw<{ camera: MediaStream | null; screen: MediaStream | null }>({ camera: null, screen: null });

	private readonly streams = new Map<Kind, MediaStream>();
	private readonly stops = new Map<Kind, () => void>();
	/** Devices that the browser is being asked for. */
	private readonly opening = new Set<Kind>();

	/** @param may whether anything may be sent: asked again after the browser has asked the person. */
	constructor(
		private readonly audio: AudioContext,
		private readonly say: (message: ToWorker, transfer?: Transferable[]) => void,
		private readonly may: () => boolean
	) {}

	/** Switches microphone, camera or screen on. The browser asks the person first. Said again meanwhile it is done once. */
	async send(kind: Kind): Promise<void> {
		if (!this.may() || this.opening.has(kind) || this.streams.has(kind)) return;
		this.opening.add(kind);
		this.trouble = null;
		try {
			const stream = await openDevice(kind);
			// She may have left, or lost the floor, while the browser was asking her
			if (!this.may()) return switchOff(stream);
			this.streams.set(kind, stream);
			for (const track of stream.getTracks()) track.addEventListener('ended', () => this.streams.get(kind) === stream && this.stop(kind));
			const stop = kind === 'audio' ? await captureSound(this.audio, stream, this.say) : capturePicture(kind, stream, this.say);
			if (this.streams.get(kind) !== stream) {
				stop();
				return this.say({ say: 'unpublish', kind });
			}
			this.stops.set(kind, stop);
			this.sending[kind] = true;
			if (kind !== 'audio') this.pictures = { ...this.pictures, [kind]: stream };
		} catch (problem) {
			this.stop(kind);
			if (this.may()) this.trouble = { kind, code: problem instanceof DOMException ? problem.name : 'unexpected' };
		} finally {
			this.opening.delete(kind);
		}
	}

	stop(kind: Kind): void {
		this.say({ say: 'unpublish', kind });
		this.release(kind);
	}

	stopAll(): void {
		for (const kind of this.streams.keys()) this.stop(kind);
	}

	/** What is sent has come to its end elsewhere. @param code why, where it is a trouble. */
	silenced(kind: Kind, code: string | undefined): void {
		this.release(kind);
		if (code !== undefined) this.trouble = { kind, code };
	}

	private release(kind: Kind): void {
		this.stops.get(kind)?.();
		this.stops.delete(kind);
		const stream = this.streams.get(kind);
		this.streams.delete(kind);
		if (stream) switchOff(stream);
		this.sending[kind] = false;
		if (kind !== 'audio') this.pictures = { ...this.pictures, [kind]: null };
	}
}

/** The light of the camera goes out with its last track. */
function switchOff(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}
