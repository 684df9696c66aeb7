import { api, ApiProblem, wordsOf } from '$lib/api.ts';
import { keepUp } from './keep-up.ts';

/** Nobody goes back in what is live. */
const KEPT_S = 20;
const LEAST_REMOVED_S = 10;
/** Once something has come the server says every three seconds that it is there: a line on which nothing comes for so long is dead, though nobody has said so. */
const DEAD_MS = 10_000;

export interface Heard {
	/** It goes on no more: it ended, the line broke, it was refused or cannot be played. @param why words, where somebody refused it */
	ended(why?: string): void;
	/** The browser plays nothing without a click. */
	blocked(): void;
	/** It can be seen or heard, or no longer for now. */
	playing(is: boolean): void;
	/** Where the voice is that belongs to it, seconds on the room's clock. */
	voiceAt(): number | undefined;
}

/** iPhones have the second alone. */
const Source = typeof MediaSource !== 'undefined' ? MediaSource : typeof ManagedMediaSource !== 'undefined' ? ManagedMediaSource : undefined;

/** Whether this browser plays a stream of this type. */
export const canPlay = (mediaType: string): boolean => Source?.isTypeSupported(mediaType) === true;

/**
 * Plays a stream that does not end by itself, near its newest moment.
 * @param path below the API; of a type that `canPlay`.
 * @param isPaused whether she has paused it herself: then it only goes on coming.
 * @returns ends it
 */
export function playStream(element: HTMLMediaElement, path: string, mediaType: string, heard: Heard, isPaused: boolean): () => void {
	if (!Source) return () => undefined;
	const source = new Source();
	const address = URL.createObjectURL(source);
	const cut = new AbortController();
	const { signal } = cut;
	let alive: ReturnType<typeof setTimeout> | undefined;
	const isAlive = (): void => {
		clearTimeout(alive);
		alive = setTimeout(() => over(), DEAD_MS);
	};
	const over = (why?: string): void => {
		if (signal.aborted) return;
		stop();
		heard.ended(why);
	};
	element.addEventListener('playing', () => heard.playing(true), { signal });
	element.addEventListener('waiting', () => heard.playing(false), { signal });
	element.addEventListener('error', () => over(), { signal });
	source.addEventListener('sourceopen', () => {
		URL.revokeObjectURL(address);
		feed().then(() => over(), (problem: unknown) => over(problem instanceof ApiProblem ? wordsOf(problem) : undefined));
	}, { once: true, signal });
	// Without it iPhones open no source
	element.disableRemotePlayback = true;
	element.src = address;
	if (!isPaused) {
		element.play().catch((failure: unknown) => {
			if (!signal.aborted && failure instanceof DOMException && failure.name === 'NotAllowedError') heard.blocked();
		});
	}

	async function feed(): Promise<void> {
		const buffer = source.addSourceBuffer(mediaType);
		isAlive();
		const reader = await api().stream(path, signal);
		for (;;) {
			const { done, value } = await reader.read();
			if (done || signal.aborted) return;
			isAlive();
			await change(buffer, () => buffer.appendBuffer(value));
			follow(element, heard.voiceAt());
			const first = buffer.buffered.length > 0 ? buffer.buffered.start(0) : Infinity;
			const end = element.currentTime - KEPT_S;
			if (end - first > LEAST_REMOVED_S) await change(buffer, () => buffer.remove(0, end));
		}
	}

	function stop(): void {
		cut.abort();
		clearTimeout(alive);
		element.removeAttribute('src');
		// Without it the browser keeps what it had
		element.load();
	}
	return () => {
		if (!signal.aborted) stop();
	};
}

function follow(element: HTMLMediaElement, voiceAt: number | undefined): void {
	const { buffered } = element;
	if (buffered.length === 0) return;
	const { at, rate } = keepUp({ start: buffered.start(buffered.length - 1), end: buffered.end(buffered.length - 1), at: element.currentTime }, voiceAt);
	if (at !== undefined) element.currentTime = at;
	element.playbackRate = rate;
}

/** @throws Error where the browser does not take it. */
function change(buffer: SourceBuffer, make: () => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const tidy = new AbortController();
		const end = (act: () => void) => (): void => {
			tidy.abort();
			act();
		};
		buffer.addEventListener('updateend', end(resolve), { signal: tidy.signal });
		buffer.addEventListener('error', end(() => reject(new Error('not taken'))), { signal: tidy.signal });
		make();
	});
}
