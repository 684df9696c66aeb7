import type { TrackInfo } from '$contract/live.ts';
import { KIND, readHeader, spatialOf, writeAcknowledgement } from '$contract/media-frame.ts';
import { fromText } from './decoder-text.ts';
import { answered, type Line } from './line.ts';
import type { Figures, FromPlayer, FromWorker } from './protocol.ts';
import { AudioWatcher } from './watch-audio.ts';
import { StillParts } from './still-parts.ts';
import { VideoWatcher } from './watch-video.ts';

const ACK_MS = 200;
/** Where no frame of the screen comes round (a hidden tab), what is due is looked at so often. */
const LOOK_MS = 100;
/** What was heard so long ago says nothing of now. */
const HEARD_MS = 1000;
/** In a tab that nobody sees: sound, no pictures. */
const UNSEEN_RUNG = 3;

interface Watcher {
	info: TrackInfo;
	video?: VideoWatcher;
	audio?: AudioWatcher;
	still?: StillParts;
	delayMs: number | null;
}

/** What this browser sees and hears of the room. */
export class Watching {
	private readonly watchers = new Map<number, Watcher>();
	private readonly received = new Map<string, { track: number; spatial: number; seq: number }>();
	private readonly canvases = new Map<number, OffscreenCanvas>();
	private readonly heardOf = new Map<number, FromPlayer>();
	private readonly timers = [setInterval(() => this.acknowledge(), ACK_MS), setInterval(() => this.tick(), LOOK_MS)];
	private player: MessagePort | undefined;
	private personId = '';
	private chosen = 0;
	private isSeen = true;
	/** What the server was last told to be wanted; undefined: it knows nothing of it. */
	private toldRung: number | undefined;
	private gapMs = 0;
	private shownInAll = 0;
	private isClosed = false;

	constructor(
		private readonly line: Line,
		private readonly tell: (message: FromWorker) => void
	) {
		const draw = (): void => {
			if (this.isClosed) return;
			this.tick();
			requestAnimationFrame(draw);
		};
		requestAnimationFrame(draw);
	}

	joined(personId: string): void {
		this.personId = personId;
		this.toldRung = undefined;
	}

	lost(): void {
		for (const track of this.watchers.keys()) this.forget(track);
		this.received.clear();
	}

	/** @param rung the lowest that the viewer wants (0 everything, 2 the small picture, 3 no picture). */
	want(rung: number): void {
		this.chosen = rung;
	}

	/** Whether the page is to be seen: pictures that nobody looks at are not asked for. */
	seen(isSeen: boolean): void {
		this.isSeen = isSeen;
		for (const { info, still } of this.watchers.values()) if (still) this.subscribe(info.track, isSeen);
		this.acknowledge();
	}

	play(player: MessagePort): void {
		this.player = player;
		player.onmessage = ({ data }: MessageEvent<FromPlayer>) => {
			this.heardOf.set(data.track, data);
			this.gapMs += data.gapMs;
		};
	}

	show(track: number, canvas: OffscreenCanvas | null): void {
		if (canvas) this.canvases.set(track, canvas);
		else this.canvases.delete(track);
		this.watchers.get(track)?.video?.showOn(canvas);
	}

	/** Watches every track that there is and is not one's own. */
	follow(tracks: readonly TrackInfo[]): void {
		this.tell({ tell: 'tracks', tracks: [...tracks] });
		const there = new Set(tracks.map(({ track }) => track));
		for (const track of this.watchers.keys()) if (!there.has(track)) this.forget(track);
		// Nobody wants to hear herself, from another window of hers neither; and which track is one's own is told after it is announced
		for (const info of tracks) if (!this.watchers.has(info.track) && info.personId !== this.personId) this.watch(info);
	}

	configure(track: number, spatial: number, config: number, text: string): void {
		const watcher = this.watchers.get(track);
		const { audio, video } = fromText(text);
		if (audio) watcher?.audio?.configure(audio);
		watcher?.video?.configure(spatial, config, video);
	}

	take(bytes: Uint8Array): void {
		const header = readHeader(bytes);
		if (!header) return;
		// Also what comes of a track that has ended: what is never acknowledged looks like a line that stands still
		const spatial = header.kind === KIND.audio ? 0 : spatialOf(header.layer);
		this.received.set(`${header.track}/${spatial}`, { track: header.track, spatial, seq: header.seq });
		const watcher = this.watchers.get(header.track);
		if (!watcher) return;
		if (header.kind !== KIND.still) watcher.delayMs = (this.line.clock.now() - header.pts) / 1000;
		if (watcher.still) void this.showStill(watcher.info.personId, watcher.still.take(header, bytes));
		else if (watcher.audio) watcher.audio.frame(header, bytes);
		else watcher.video?.frame(header, bytes);
	}

	/** How it went since this was last asked. */
	figures(): Figures {
		let [shown, stills, waiting, delayMs, lipMs]: [number, number, number, number | null, number | null] = [0, 0, 0, null, null];
		for (const { video, info, ...watcher } of this.watchers.values()) {
			if (!video) continue;
			shown += video.takeShown();
			stills += video.stills;
			waiting = Math.max(waiting, video.waiting);
			delayMs = watcher.delayMs;
			const heard = this.heardNow(info.personId);
			if (heard !== null && video.shownPts !== null && info.kind === 'camera') lipMs = (heard - video.shownPts) / 1000;
		}
		this.shownInAll += shown;
		const gapMs = Math.round(this.gapMs);
		this.gapMs = 0;
		return { shown, shownInAll: this.shownInAll, stills, waiting, delayMs, gapMs, lipMs };
	}

	/** Everything, for good. */
	close(): void {
		this.isClosed = true;
		for (const timer of this.timers) clearInterval(timer);
		this.lost();
		this.player?.close();
	}

	private watch(info: TrackInfo): void {
		const { track, kind } = info;
		if (kind === 'still') {
			this.watchers.set(track, { info, delayMs: null, still: new StillParts() });
			return this.subscribe(track, this.isSeen);
		}
		const unwatchable = () => this.tell({ tell: 'unwatchable', track });
		if (kind === 'audio') this.watchers.set(track, { info, delayMs: null, audio: new AudioWatcher(track, (sound, transfer) => this.player?.postMessage(sound, transfer), unwatchable) });
		else {
			const video = new VideoWatcher({ wantKey: () => void answered(this.line.asking.emitWithAck('live:key', { track })), unwatchable });
			video.showOn(this.canvases.get(track) ?? null);
			this.watchers.set(track, { info, delayMs: null, video });
		}
		this.subscribe(track, true);
	}

	private subscribe(track: number, on: boolean): void {
		if (this.line.isJoined) void answered(this.line.asking.emitWithAck('live:sub', { track, on }));
	}

	/** Where somebody's screen is to be seen and does not move. */
	private async showStill(personId: string, parts: Uint8Array[] | undefined): Promise<void> {
		if (!parts) return;
		const picture = await createImageBitmap(new Blob(parts.map((part) => new Uint8Array(part)))).catch(() => undefined);
		if (!picture) return;
		for (const { info, video } of this.watchers.values()) if (info.kind === 'screen' && info.personId === personId) video?.drawStill(picture, performance.now());
		picture.close();
	}

	private forget(track: number): void {
		const watcher = this.watchers.get(track);
		watcher?.audio?.close();
		watcher?.video?.close();
		this.watchers.delete(track);
		this.heardOf.delete(track);
	}

	private acknowledge(): void {
		const rung = Math.max(this.chosen, this.isSeen ? 0 : UNSEEN_RUNG);
		// Who wants less is to be heard where nothing comes, too: else she would never get more again
		if (!this.line.isJoined || (this.received.size === 0 && rung === this.toldRung)) return;
		this.toldRung = rung;
		this.line.socket.emit('frame', writeAcknowledgement({ rung, received: [...this.received.values()] }));
		this.received.clear();
	}

	private tick(): void {
		const now = performance.now() * 1000;
		for (const { info, video } of this.watchers.values()) video?.tick(info.kind === 'camera' ? this.heardNow(info.personId) : null, now);
	}

	/** What is heard of a person now, microseconds of the session's clock. */
	private heardNow(personId: string): number | null {
		for (const { info } of this.watchers.values()) {
			if (info.kind !== 'audio' || info.personId !== personId) continue;
			const heard = this.heardOf.get(info.track);
			if (heard && Date.now() - heard.at < HEARD_MS) return heard.pts + (Date.now() - heard.at) * 1000;
		}
		return null;
	}
}
