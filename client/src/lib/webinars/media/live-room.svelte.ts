import type { PersonInRoom, Reaction, RoomState, TrackInfo } from '$contract/live.ts';
import { REACTIONS } from '$contract/live.ts';
import type { RecordingTold } from '$contract/recording.ts';
import MediaWorker from './media.worker.ts?worker';
import { OwnDevices } from './own-devices.svelte.ts';
import playerUrl from './player.worklet.ts?worker&url';
import { type Figures, type FromWorker, SAMPLE_RATE, type ToWorker } from './protocol.ts';
import { type Quality, rememberedQuality, rememberQuality, rungOf } from './quality.ts';

/** What this browser can do in a live room. */
export const canWatch = (): boolean => typeof VideoDecoder !== 'undefined' && typeof AudioDecoder !== 'undefined' && typeof OffscreenCanvas !== 'undefined';

const LEADING: readonly string[] = ['organiser', 'presenter', 'co-presenter'];

/** So long a reaction is counted. */
const REACTED_MS = 6000;
/** So long a place stays pointed at. */
const POINTED_MS = 3000;

/** A browser's part in a live room: what it sees and hears, and what it sends. Make it from a click: browsers let nothing sound without one. */
export class LiveRoom {
	state = $state<RoomState | null>(null);
	tracks = $state<TrackInfo[]>([]);
	people = $state<PersonInRoom[]>([]);
	present = $state(0);
	/** Why one may not be in, for good: nothing is received nor sent any more. */
	refused = $state<{ code: string; reason?: string | undefined } | null>(null);
	isUp = $state(false);
	/** How much of the pictures comes: 0 all, 1 a little less, 2 the small ones, 3 and more none. */
	rung = $state(0);
	/** How much of one's own pictures leaves: 0 all, 1 the small one, 2 none. */
	uplink = $state(0);
	quality = $state<Quality>(rememberedQuality());
	recording = $state<RecordingTold>({ since: null, trouble: false });
	/** Why it could not be recorded. */
	recordRefused = $state<string | null>(null);
	/** Where the presenter points on the slide, in parts of its width and height. */
	pointer = $state.raw<[number, number] | null>(null);
	/** How many reacted in the last seconds. */
	reactions = $state.raw<Partial<Record<Reaction, number>>>({});
	figures = $state<Figures | null>(null);
	/** Tracks that this browser does not manage to show. */
	unwatchable = $state<number[]>([]);
	/** Whether this person leads the room. */
	readonly leads = $derived(LEADING.includes(this.state?.role ?? ''));
	/** Whether she may speak, because somebody who leads has let her. */
	readonly speaks = $derived(this.people.find(({ personId }) => personId === this.state?.personId)?.speaks ?? false);
	readonly maySend = $derived(this.leads || this.speaks);

	private readonly worker = new MediaWorker();
	private readonly audio = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
	private hasLeft = false;
	private pointing: ReturnType<typeof setTimeout> | undefined;
	/** What one sends oneself. */
	readonly mine: OwnDevices = new OwnDevices(this.audio, (message, transfer) => this.say(message, transfer), () => !this.hasLeft && this.maySend);

	constructor(number: number) {
		this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
		this.say({ say: 'open', number });
		this.say({ say: 'wanted', rung: rungOf(this.quality) });
		this.tellSeen();
		document.addEventListener('visibilitychange', this.tellSeen);
		// Without it there is no sound, but all the rest
		this.listen().catch(() => undefined);
	}

	/** Ends everything that is received and sent, and switches all devices off. Said twice it is done once. */
	leave(): void {
		if (this.hasLeft) return;
		this.hasLeft = true;
		document.removeEventListener('visibilitychange', this.tellSeen);
		this.mine.stopAll();
		this.say({ say: 'leave' });
		this.audio.close().catch(() => undefined);
	}

	/** A canvas for a track; it is the worker's from then on. @returns how to give it back. */
	show(track: number, canvas: HTMLCanvasElement): () => void {
		const offscreen = canvas.transferControlToOffscreen();
		this.say({ say: 'show', track, canvas: offscreen }, [offscreen]);
		return () => this.say({ say: 'show', track, canvas: null });
	}

	/** Points at a place of the slide, in parts of its width and height; null: nowhere any more. */
	point(at: [number, number] | null): void {
		this.say({ say: 'point', at });
	}

	react(kind: Reaction): void {
		this.say({ say: 'react', kind });
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

	/** How much of the pictures one wants; remembered in this browser. */
	choose(quality: Quality): void {
		this.quality = quality;
		rememberQuality(quality);
		this.say({ say: 'wanted', rung: rungOf(quality) });
	}

	private async listen(): Promise<void> {
		await this.audio.audioWorklet.addModule(playerUrl);
		if (this.hasLeft) return;
		const node = new AudioWorkletNode(this.audio, 'pico-player', { numberOfInputs: 0, outputChannelCount: [1] });
		const { port1, port2 } = new MessageChannel();
		node.port.postMessage({ worker: port1 }, [port1]);
		node.connect(this.audio.destination);
		this.say({ say: 'play', player: port2 }, [port2]);
		await this.audio.resume();
	}

	private readonly tellSeen = (): void => this.say({ say: 'seen', seen: document.visibilityState === 'visible' });

	private say(message: ToWorker, transfer: Transferable[] = []): void {
		this.worker.postMessage(message, transfer);
	}

	private hear(message: FromWorker): void {
		if (this.hasLeft) return;
		switch (message.tell) {
			case 'joined':
				this.state = message.state;
				this.recording = message.state.recording;
				this.unwatchable = [];
				this.rung = 0;
				this.meet(message.state.people, message.state.present);
				break;
			case 'refused':
				this.refused = { code: message.code, reason: message.reason };
				this.leave();
				break;
			case 'tracks':
				this.tracks = message.tracks;
				break;
			case 'people':
				this.meet(message.people, message.present);
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
			case 'uplink':
				this.uplink = message.level;
				break;
			case 'unwatchable':
				this.unwatchable.push(message.track);
				break;
			case 'silenced':
				this.mine.silenced(message.kind, message.code);
				break;
			case 'pointer':
				this.pointedAt(message.at);
				break;
			case 'reactions':
				this.reacted(message.counts);
				break;
			case 'line':
				this.isUp = message.up;
				break;
			case 'figures':
				this.figures = message.figures;
				break;
		}
	}

	/** Who points no more may not have been able to say so. */
	private pointedAt(at: [number, number] | null): void {
		this.pointer = at;
		clearTimeout(this.pointing);
		if (at) this.pointing = setTimeout(() => (this.pointer = null), POINTED_MS);
	}

	private reacted(counts: Partial<Record<Reaction, number>>): void {
		this.count(counts, 1);
		setTimeout(() => this.hasLeft || this.count(counts, -1), REACTED_MS);
	}

	private count(counts: Partial<Record<Reaction, number>>, sign: 1 | -1): void {
		const sums = { ...this.reactions };
		for (const kind of REACTIONS) sums[kind] = Math.max(0, (sums[kind] ?? 0) + sign * (counts[kind] ?? 0));
		this.reactions = sums;
	}

	/** Who is here, and who may speak: whoever no longer may is silent at once. */
	private meet(people: PersonInRoom[], present: number): void {
		this.people = people;
		this.present = present;
		if (!this.maySend) this.mine.stopAll();
	}
}
