import type { PersonInRoom, RoomState, TrackInfo } from '$contract/live.ts';
import type { RecordingTold } from '$contract/recording.ts';
import captureUrl from './capture.worklet.ts?worker&url';
import MediaWorker from './media.worker.ts?worker';
import playerUrl from './player.worklet.ts?worker&url';
import { type Figures, type FromWorker, SAMPLE_RATE, type ToWorker } from './protocol.ts';

/** What this browser can do in a live room. */
export const canWatch = (): boolean => typeof VideoDecoder !== 'undefined' && typeof AudioDecoder !== 'undefined' && typeof OffscreenCanvas !== 'undefined';
export const canSpeak = (): boolean => typeof AudioEncoder !== 'undefined' && typeof VideoEncoder !== 'undefined';

type Kind = 'audio' | 'camera' | 'screen';

/** A browser's part in a live room: what it sees and hears, and what it sends. Make it from a click: browsers let nothing sound without one. */
export class LiveRoom {
	state = $state<RoomState | null>(null);
	tracks = $state<TrackInfo[]>([]);
	people = $state<PersonInRoom[]>([]);
	present = $state(0);
	/** Why one is not in: refused by the server, or closed by it. */
	refused = $state<string | null>(null);
	isUp = $state(false);
	rung = $state(0);
	speaks = $state(false);
	recording = $state<RecordingTold>({ since: null, trouble: false });
	/** Why it could not be recorded. */
	recordRefused = $state<string | null>(null);
	figures = $state<Figures | null>(null);
	/** What is being sent now. */
	sending = $state<Record<Kind, boolean>>({ audio: false, camera: false, screen: false });
	/** Why something could not be sent. */
	trouble = $state<{ kind: Kind; code: string } | null>(null);
	own = $state<{ camera: MediaStream | null; screen: MediaStream | null }>({ camera: null, screen: null });

	private readonly worker = new MediaWorker();
	private readonly streams = new Map<Kind, MediaStream>();
	private readonly stops = new Map<Kind, () => void>();
	private readonly audio = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });

	constructor(number: number) {
		this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
		this.say({ say: 'open', number });
		void this.listen();
	}

	leave(): void {
		for (const kind of this.streams.keys()) this.stop(kind);
		this.say({ say: 'leave' });
		void this.audio.close();
	}

	/** A canvas for a track; it is the worker's from then on. @returns how to give it back. */
	show(track: number, canvas: HTMLCanvasElement): () => void {
		const offscreen = canvas.transferControlToOffscreen();
		this.say({ say: 'show', track, canvas: offscreen }, [offscreen]);
		return () => this.say({ say: 'show', track, canvas: null });
	}

	raiseHand(up: boolean): void {
		this.say({ say: 'hand', up });
	}

	/** Begins to record, or ends: everybody is told. */
	record(on: boolean): void {
		this.recordRefused = null;
		this.say({ say: 'record', on });
	}

	invite(personId: string, speaks: boolean): void {
		this.say({ say: 'invite', personId, speaks });
	}

	stayLow(low: boolean): void {
		this.say({ say: 'wanted', rung: low ? 2 : 0 });
	}

	/** Switches microphone, camera or screen on. The browser asks the person first. */
	async send(kind: Kind): Promise<void> {
		this.trouble = null;
		try {
			const stream = await (kind === 'screen'
				? navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 5 } })
				: navigator.mediaDevices.getUserMedia(kind === 'audio' ? { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } } : { video: { width: 640, height: 360, frameRate: 20 } }));
			this.streams.set(kind, stream);
			if (kind === 'audio') await this.sendSound(stream);
			else this.sendPicture(kind, stream);
			this.sending[kind] = true;
			for (const track of stream.getTracks()) track.addEventListener('ended', () => this.stop(kind));
		} catch (problem) {
			this.stop(kind);
			this.trouble = { kind, code: problem instanceof DOMException ? problem.name : 'unexpected' };
		}
	}

	stop(kind: Kind): void {
		this.say({ say: 'unpublish', kind });
		this.release(kind);
	}

	private release(kind: Kind): void {
		this.stops.get(kind)?.();
		this.stops.delete(kind);
		for (const track of this.streams.get(kind)?.getTracks() ?? []) track.stop();
		this.streams.delete(kind);
		this.sending[kind] = false;
		if (kind !== 'audio') this.own[kind] = null;
	}

	private async listen(): Promise<void> {
		await this.audio.audioWorklet.addModule(playerUrl);
		const node = new AudioWorkletNode(this.audio, 'pico-player', { numberOfInputs: 0, outputChannelCount: [1] });
		const { port1, port2 } = new MessageChannel();
		node.port.postMessage({ worker: port1 }, [port1]);
		node.connect(this.audio.destination);
		this.say({ say: 'play', player: port2 }, [port2]);
		await this.audio.resume();
	}

	private async sendSound(stream: MediaStream): Promise<void> {
		await this.audio.audioWorklet.addModule(captureUrl);
		const source = this.audio.createMediaStreamSource(stream);
		const node = new AudioWorkletNode(this.audio, 'pico-capture', { numberOfOutputs: 0 });
		source.connect(node);
		const { port1, port2 } = new MessageChannel();
		node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => port1.postMessage(data, [data.buffer]);
		this.stops.set('audio', () => {
			source.disconnect();
			node.port.onmessage = null;
			port1.close();
		});
		this.say({ say: 'publish-audio', samples: port2 }, [port2]);
	}

	private sendPicture(kind: 'camera' | 'screen', stream: MediaStream): void {
		const [track] = stream.getVideoTracks();
		if (!track) return;
		if (kind === 'screen') track.contentHint = 'detail';
		this.own[kind] = stream;
		if ('MediaStreamTrackProcessor' in globalThis) {
			const frames = new MediaStreamTrackProcessor({ track }).readable;
			this.say({ say: 'publish-video', kind, frames }, [frames]);
			return;
		}
		// Browsers without a stream of frames: each is taken as it is shown
		const video = document.createElement('video');
		Object.assign(video, { muted: true, playsInline: true });
		video.srcObject = stream;
		const { port1, port2 } = new MessageChannel();
		let ended = false;
		const next = (): void => {
			if (ended) return;
			const frame = new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) });
			port1.postMessage(frame, [frame]);
			video.requestVideoFrameCallback(next);
		};
		void video.play().then(() => video.requestVideoFrameCallback(next));
		this.stops.set(kind, () => {
			ended = true;
			video.srcObject = null;
			port1.close();
		});
		this.say({ say: 'publish-video', kind, frames: port2 }, [port2]);
	}

	private say(message: ToWorker, transfer: Transferable[] = []): void {
		this.worker.postMessage(message, transfer);
	}

	private hear(message: FromWorker): void {
		switch (message.tell) {
			case 'joined':
				this.state = message.state;
				this.people = message.state.people;
				this.present = message.state.present;
				this.refused = null;
				this.recording = message.state.recording;
				break;
			case 'refused':
				this.refused = message.code;
				break;
			case 'tracks':
				this.tracks = message.tracks;
				break;
			case 'people':
				this.people = message.people;
				this.present = message.present;
				break;
			case 'recording':
				this.recording = message.told;
				break;
			case 'record-refused':
				this.recordRefused = message.code;
				break;
			case 'rung':
				this.rung = message.rung;
				break;
			case 'invited':
				this.speaks = message.speaks;
				if (!message.speaks) for (const kind of this.streams.keys()) this.stop(kind);
				break;
			case 'silenced':
				this.release(message.kind);
				if (message.code) this.trouble = { kind: message.kind, code: message.code };
				break;
			case 'line':
				this.isUp = message.up;
				break;
			case 'closed':
				this.refused = message.reason;
				break;
			case 'figures':
				this.figures = message.figures;
				break;
		}
	}
}
