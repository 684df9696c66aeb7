import { io, type Socket } from 'socket.io-client';
import { type ClientToMedia, MEDIA_PATH, type MediaToClient, type TrackInfo } from '$contract/live.ts';
import { KIND, readHeader, spatialOf, writeAcknowledgement } from '$contract/media-frame.ts';
import * as parser from '$contract/one-frame-parser.ts';
import { SessionClock, ownNow } from './clock.ts';
import type { FromPlayer, FromWorker, ToPlayer, ToWorker } from './protocol.ts';
import { AUDIO_CODEC, AudioPublisher } from './publish-audio.ts';
import { CAMERA_LAYERS, chooseCodec, SCREEN_LAYERS, VideoPublisher } from './publish-video.ts';
import { AudioWatcher } from './watch-audio.ts';
import { VideoWatcher } from './watch-video.ts';

/** All media of a live room, away from the page: what the page does never makes a picture wait, nor the other way round. */
const ACK_MS = 200;
const PINGS = 8;
const PING_MS = 150;
const FIGURES_MS = 1000;

type Kind = 'audio' | 'camera' | 'screen';

interface Source {
	track: number | undefined;
	/** Begins to send under a track's number. */
	start(track: number): Promise<void> | void;
	layers(): Promise<{ spatial: number; codec: string; width: number; height: number }[] | undefined>;
	wantKey(spatial: number): void;
	stop(): void;
}

const clock = new SessionClock();
const sources = new Map<Kind, Source>();
const watchers = new Map<number, { info: TrackInfo; video?: VideoWatcher; audio?: AudioWatcher; delayMs: number | null }>();
const received = new Map<string, { track: number; spatial: number; seq: number }>();
const canvases = new Map<number, OffscreenCanvas>();
const heardOf = new Map<number, FromPlayer>();
let socket: Socket<MediaToClient, ClientToMedia> | undefined;
let player: MessagePort | undefined;
let number = 0;
let personId = '';
let wanted = 0;
let gapMs = 0;
let shownInAll = 0;

const tell = (message: FromWorker): void => self.postMessage(message);

function open(room: number): void {
	number = room;
	const connection: Socket<MediaToClient, ClientToMedia> = io(parser.MEDIA_NAMESPACE, { path: MEDIA_PATH, parser, transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5000, randomizationFactor: 0.5 });
	socket = connection;
	connection.on('connect', () => void enter(connection));
	connection.on('disconnect', (reason) => {
		tell({ tell: 'line', up: false });
		for (const track of watchers.keys()) forget(track);
		for (const source of sources.values()) source.track = undefined;
		// Whoever was cut off comes back by herself, unless it was said why
		if (reason === 'io server disconnect' && !refused) setTimeout(() => connection.connect(), 500 + Math.random() * 1500);
	});
	connection.on('connect_error', ({ message }) => tell({ tell: 'refused', code: message }));
	connection.on('live:tracks', (tracks) => follow(tracks));
	connection.on('live:people', ({ people, present }) => tell({ tell: 'people', people, present }));
	connection.on('live:recording', (told) => tell({ tell: 'recording', told }));
	connection.on('live:rung', ({ rung }) => tell({ tell: 'rung', rung }));
	connection.on('live:invited', ({ speaks }) => tell({ tell: 'invited', speaks }));
	connection.on('live:config', ({ track, spatial, config, decoderConfig }) => configure(track, spatial, config, decoderConfig));
	connection.on('live:key', ({ track, spatial }) => {
		for (const source of sources.values()) if (source.track === track) source.wantKey(spatial);
	});
	connection.on('live:silenced', ({ track }) => {
		for (const [kind, source] of sources) {
			if (source.track !== track) continue;
			stop(kind);
			tell({ tell: 'silenced', kind });
		}
	});
	connection.on('live:closed', ({ reason }) => tell({ tell: 'closed', reason }));
	connection.on('frame', (bytes) => take(bytes));
}

let refused = false;

async function enter(connection: Socket<MediaToClient, ClientToMedia>): Promise<void> {
	const answer = await connection.emitWithAck('live:join', { number, decodes: [] });
	if (!answer.ok) {
		refused = true;
		tell({ tell: 'refused', code: answer.code });
		connection.disconnect();
		return;
	}
	tell({ tell: 'line', up: true });
	tell({ tell: 'joined', state: answer.state });
	personId = answer.state.personId;
	follow(answer.state.tracks);
	await askClock(connection);
	void learnClock(connection);
	for (const kind of sources.keys()) await publish(kind);
}

async function learnClock(connection: Socket<MediaToClient, ClientToMedia>): Promise<void> {
	for (let i = 1; i < PINGS; i += 1) {
		await new Promise((resolve) => setTimeout(resolve, PING_MS));
		await askClock(connection);
	}
}

async function askClock(connection: Socket<MediaToClient, ClientToMedia>): Promise<void> {
	const asked = ownNow();
	const answer = await connection.emitWithAck('live:clock');
	if (answer.ok) clock.learn(answer.clock, asked, ownNow());
}

/** Watches every track that there is and is not one's own. */
function follow(tracks: readonly TrackInfo[]): void {
	tell({ tell: 'tracks', tracks: [...tracks] });
	const there = new Set(tracks.map(({ track }) => track));
	for (const track of watchers.keys()) if (!there.has(track)) forget(track);
	// Nobody wants to hear herself, from another window of hers neither; and which track is one's own is told after it is announced
	for (const info of tracks) if (!watchers.has(info.track) && info.personId !== personId) watch(info);
}

function watch(info: TrackInfo): void {
	const { track, kind } = info;
	if (kind === 'audio') watchers.set(track, { info, delayMs: null, audio: new AudioWatcher(track, (sound: ToPlayer, transfer) => player?.postMessage(sound, transfer)) });
	else if (kind !== 'still') {
		const video = new VideoWatcher(() => void socket?.emitWithAck('live:key', { track }));
		video.showOn(canvases.get(track) ?? null);
		watchers.set(track, { info, delayMs: null, video });
	} else return;
	void socket?.emitWithAck('live:sub', { track, on: true });
}

function forget(track: number): void {
	const watcher = watchers.get(track);
	watcher?.audio?.close();
	watcher?.video?.close();
	watchers.delete(track);
	heardOf.delete(track);
}

function configure(track: number, spatial: number, config: number, text: string): void {
	const watcher = watchers.get(track);
	const { codec, codedWidth, codedHeight, description, sampleRate, numberOfChannels } = JSON.parse(text) as { codec: string; codedWidth?: number; codedHeight?: number; description?: string; sampleRate?: number; numberOfChannels?: number };
	const described = description === undefined ? {} : { description: Uint8Array.from(atob(description), (letter) => letter.charCodeAt(0)) };
	if (watcher?.audio && sampleRate && numberOfChannels) watcher.audio.configure({ codec, sampleRate, numberOfChannels, ...described });
	watcher?.video?.configure(spatial, config, { codec, ...(codedWidth && codedHeight ? { codedWidth, codedHeight } : {}), ...described });
}

function take(bytes: Uint8Array): void {
	const header = readHeader(bytes);
	if (!header) return;
	// Also what comes of a track that has ended: what is never acknowledged looks like a line that stands still
	const spatial = header.kind === KIND.audio ? 0 : spatialOf(header.layer);
	received.set(`${header.track}/${spatial}`, { track: header.track, spatial, seq: header.seq });
	const watcher = watchers.get(header.track);
	if (!watcher) return;
	watcher.delayMs = (clock.now() - header.pts) / 1000;
	if (watcher.audio) watcher.audio.frame(header, bytes);
	else watcher.video?.frame(header, bytes);
}

function acknowledge(): void {
	if (!socket?.connected || received.size === 0) return;
	const queue = Math.max(0, ...[...watchers.values()].map(({ video }) => video?.queue ?? 0));
	socket.emit('frame', writeAcknowledgement({ rung: wanted, jitterMs: 0, queue, received: [...received.values()] }));
	received.clear();
}

async function publish(kind: Kind): Promise<void> {
	const source = sources.get(kind);
	if (!source || !socket?.connected || source.track !== undefined) return;
	const layers = await source.layers();
	if (!layers) return refuse(kind, 'no-codec');
	const answer = await socket.emitWithAck('live:publish', { kind, layers });
	if (!answer.ok) return refuse(kind, answer.code);
	if (sources.get(kind) !== source) return void socket.emitWithAck('live:unpublish', { track: answer.track });
	source.track = answer.track;
	await source.start(answer.track);
}

function refuse(kind: Kind, code: string): void {
	stop(kind);
	tell({ tell: 'silenced', kind, code });
}

function stop(kind: Kind): void {
	const source = sources.get(kind);
	sources.delete(kind);
	source?.stop();
	if (source?.track !== undefined && socket?.connected) void socket.emitWithAck('live:unpublish', { track: source.track });
}

const send = (frame: Uint8Array): void => {
	// What cannot leave now is old when it can
	if (socket?.connected) socket.emit('frame', frame);
};

const asText = ({ description, ...config }: VideoDecoderConfig | AudioDecoderConfig): string =>
	JSON.stringify({ ...config, ...(description === undefined ? {} : { description: btoa(String.fromCharCode(...bytesOf(description))) }) });

const bytesOf = (source: AllowSharedBufferSource): Uint8Array => (ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source));

function videoSource(kind: 'camera' | 'screen', frames: ReadableStream<VideoFrame> | MessagePort): Source {
	const sizes = kind === 'camera' ? CAMERA_LAYERS : SCREEN_LAYERS;
	let publisher: VideoPublisher | undefined;
	let codec: string | undefined;
	let stopped = false;
	const take = (frame: VideoFrame): void => (publisher && !stopped ? publisher.frame(frame, Math.round(clock.now())) : frame.close());
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
		async layers() {
			codec ??= await chooseCodec(sizes);
			return codec === undefined ? undefined : sizes.map(({ spatial, width, height }) => ({ spatial, width, height, codec: codec ?? '' }));
		},
		start(track) {
			publisher?.close();
			publisher = new VideoPublisher(track, kind, sizes, codec ?? '', {
				configure: (spatial, config, decoderConfig) => void socket?.emitWithAck('live:config', { track, spatial, config, decoderConfig: asText(decoderConfig) }),
				send
			});
		},
		wantKey: (spatial) => publisher?.wantKey(spatial),
		stop() {
			stopped = true;
			publisher?.close();
			void reader?.cancel().catch(() => undefined);
			if (frames instanceof MessagePort) frames.close();
		}
	};
}

function audioSource(samples: MessagePort): Source {
	let publisher: AudioPublisher | undefined;
	samples.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => publisher?.sound(data, clock.now());
	return {
		track: undefined,
		layers: () => Promise.resolve(typeof AudioEncoder === 'undefined' ? undefined : [{ spatial: 0, codec: AUDIO_CODEC, width: 0, height: 0 }]),
		start(track) {
			publisher?.close();
			publisher = new AudioPublisher(track, { configure: (config) => void socket?.emitWithAck('live:config', { track, spatial: 0, config: 1, decoderConfig: asText(config) }), send });
		},
		wantKey: () => undefined,
		stop() {
			publisher?.close();
			samples.close();
		}
	};
}

/** What is heard of a person now, microseconds of the session's clock. */
function heardNow(personId: string): number | null {
	for (const { info } of watchers.values()) {
		if (info.kind !== 'audio' || info.personId !== personId) continue;
		const heard = heardOf.get(info.track);
		if (heard && Date.now() - heard.at < 1000) return heard.pts + (Date.now() - heard.at) * 1000;
	}
	return null;
}

function draw(): void {
	const now = performance.now() * 1000;
	for (const { info, video } of watchers.values()) video?.tick(info.kind === 'camera' ? heardNow(info.personId) : null, now);
	requestAnimationFrame(draw);
}

function tellFigures(): void {
	let [shown, delayMs, lipMs]: [number, number | null, number | null] = [0, null, null];
	for (const watcher of watchers.values()) {
		if (!watcher.video) continue;
		shown += watcher.video.shown;
		watcher.video.shown = 0;
		delayMs = watcher.delayMs;
		const heard = heardNow(watcher.info.personId);
		if (heard !== null && watcher.video.shownPts !== null && watcher.info.kind === 'camera') lipMs = (heard - watcher.video.shownPts) / 1000;
	}
	shownInAll += shown;
	tell({ tell: 'figures', figures: { shown, shownInAll, delayMs, gapMs: Math.round(gapMs), lipMs } });
	gapMs = 0;
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
	switch (data.say) {
		case 'open':
			open(data.number);
			requestAnimationFrame(draw);
			setInterval(acknowledge, ACK_MS);
			setInterval(tellFigures, FIGURES_MS);
			break;
		case 'leave':
			for (const kind of sources.keys()) stop(kind);
			socket?.disconnect();
			self.close();
			break;
		case 'publish-video':
			stop(data.kind);
			sources.set(data.kind, videoSource(data.kind, data.frames));
			void publish(data.kind);
			break;
		case 'publish-audio':
			stop('audio');
			sources.set('audio', audioSource(data.samples));
			void publish('audio');
			break;
		case 'unpublish':
			stop(data.kind);
			break;
		case 'show':
			if (data.canvas) canvases.set(data.track, data.canvas);
			else canvases.delete(data.track);
			watchers.get(data.track)?.video?.showOn(data.canvas);
			break;
		case 'play':
			player = data.player;
			player.onmessage = ({ data: heard }: MessageEvent<FromPlayer>) => {
				heardOf.set(heard.track, heard);
				gapMs += heard.gapMs;
			};
			break;
		case 'wanted':
			wanted = data.rung;
			break;
		case 'record':
			void socket?.emitWithAck('live:record', { on: data.on }).then((answer) => {
				if (!answer.ok) tell({ tell: 'record-refused', code: answer.code });
			});
			break;
		case 'hand':
			void socket?.emitWithAck('live:hand', { up: data.up });
			break;
		case 'invite':
			void socket?.emitWithAck(data.speaks ? 'live:invite' : 'live:dismiss', { personId: data.personId });
			break;
	}
};
