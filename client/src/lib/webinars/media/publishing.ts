import { toText } from './decoder-text.ts';
import { answered, type Line } from './line.ts';
import type { FromWorker, Kind } from './protocol.ts';
import { audioSource, type Outlet, type Source, stillSource, videoSource } from './source.ts';
import { Uplink, UPLINK } from './uplink.ts';

/** How often the way up is looked at while something is sent. */
const LOOK_MS = 250;

/** Still pictures go with the screen: nobody switches them on or off by themselves. */
type Sent = Kind | 'still';

/** What this browser sends into the room: each kind once, again after every interruption, and as much of it as the line takes. */
export class Publishing {
	private readonly sources = new Map<Sent, Source>();
	private readonly uplink = new Uplink();
	private readonly timer = setInterval(() => this.look(), LOOK_MS);
	private readonly outlet: Outlet = {
		now: () => this.line.clock.now(),
		configure: (track, spatial, config, decoder) => void answered(this.line.asking.emitWithAck('live:config', { track, spatial, config, decoderConfig: toText(decoder) })),
		// What cannot leave now is old when it can
		send: (frame) => void (this.line.isJoined && this.line.socket.emit('frame', frame)),
		takes: (isSmallest) => this.uplink.level === UPLINK.everything || (isSmallest && this.uplink.level === UPLINK.small),
		failed: (kind) => this.refuse(kind, 'encoder')
	};

	constructor(
		private readonly line: Line,
		private readonly tell: (message: FromWorker) => void
	) {}

	video(kind: 'camera' | 'screen', frames: ReadableStream<VideoFrame> | MessagePort): void {
		if (kind === 'camera') return this.put(kind, videoSource(kind, frames, this.outlet));
		const stills = stillSource(this.outlet);
		this.put(kind, videoSource(kind, frames, this.outlet, (frame) => stills.look(frame)));
		this.put('still', stills);
	}

	audio(samples: MessagePort): void {
		this.put('audio', audioSource(samples, this.outlet));
	}

	/** One is in the room, for the first time or again. */
	joined(): void {
		for (const kind of this.sources.keys()) void this.publish(kind);
	}

	lost(): void {
		for (const source of this.sources.values()) source.track = undefined;
		this.uplink.restart();
	}

	wantKey(track: number, spatial: number): void {
		for (const source of this.sources.values()) if (source.track === track) source.wantKey(spatial);
	}

	/** Nobody may hear this track any more. */
	silenced(track: number): void {
		for (const [kind, source] of this.sources) {
			if (source.track !== track) continue;
			this.stop(kind);
			if (kind !== 'still') this.tell({ tell: 'silenced', kind });
		}
	}

	stop(kind: Sent): void {
		if (kind === 'screen') this.stop('still');
		const source = this.sources.get(kind);
		this.sources.delete(kind);
		source?.stop();
		if (source?.track !== undefined && this.line.isJoined) void answered(this.line.asking.emitWithAck('live:unpublish', { track: source.track }));
	}

	/** Everything, for good. */
	close(): void {
		clearInterval(this.timer);
		for (const kind of this.sources.keys()) this.stop(kind);
	}

	private put(kind: Sent, source: Source): void {
		this.stop(kind);
		this.sources.set(kind, source);
		void this.publish(kind);
	}

	/** Asks for a track's number, once at a time, as long as there is a line. */
	private async publish(kind: Sent): Promise<void> {
		const source = this.sources.get(kind);
		if (!source || !this.line.isJoined || source.track !== undefined || source.isAsking) return;
		source.isAsking = true;
		const layers = await source.layers();
		const answer = layers && this.line.isJoined ? await answered(this.line.asking.emitWithAck('live:publish', { kind, layers })) : undefined;
		source.isAsking = false;
		if (this.sources.get(kind) !== source) {
			if (answer?.ok) void answered(this.line.asking.emitWithAck('live:unpublish', { track: answer.track }));
			return;
		}
		if (!layers) return this.refuse(kind, 'no-codec');
		// The line broke meanwhile; where it is there again already, nobody asks but we
		if (!answer || (!answer.ok && answer.code === 'line')) return this.publish(kind);
		if (!answer.ok) return this.refuse(kind, answer.code);
		source.track = answer.track;
		source.start(answer.track);
	}

	private refuse(kind: Sent, code: string): void {
		this.stop(kind);
		if (kind !== 'still') this.tell({ tell: 'silenced', kind, code });
	}

	private look(): void {
		const now = performance.now();
		const isSending = this.line.isJoined && this.sources.size > 0;
		if (isSending && !this.uplink.isAsking) {
			this.uplink.asked(now);
			const { socket } = this.line;
			const { id } = socket;
			void this.line.askClock().then(() => socket.id === id && this.uplink.answered(performance.now()));
		}
		if (this.uplink.look(now, this.line.buffered)) this.tell({ tell: 'uplink', level: this.uplink.level });
	}
}
