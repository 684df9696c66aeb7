/** Further behind than this one hears it again from nearly now: who waits for the others to answer must not hear the question first. */
const MOST_BEHIND_S = 4;
const RESUME_BEHIND_S = 0.8;
/** Creeps up by playing a little faster. */
const HURRY_BEHIND_S = 1.6;
const HURRIED = 1.08;
/** Nobody goes back in what is live. */
const KEPT_S = 20;
const LEAST_REMOVED_S = 10;

export interface Heard {
	/** It goes on no more: it ended, the line broke, or it cannot be played. */
	ended(): void;
	/** The browser plays nothing without a click. */
	blocked(): void;
	/** It can be seen or heard. */
	playing(): void;
}

/** Whether this browser plays any of it. */
export const canPlay = (mediaType: string): boolean => isBuffered(mediaType) || document.createElement('video').canPlayType(mediaType) !== '';

const isBuffered = (mediaType: string): boolean => typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(mediaType);

/**
 * Plays a stream that never ends by itself, near its newest moment: over Media Source Extensions, where the browser has them, else as it is.
 * @returns ends it
 */
export function playStream(element: HTMLMediaElement, url: string, mediaType: string, heard: Heard): () => void {
	let isOver = false;
	const over = () => {
		if (!isOver) heard.ended();
		isOver = true;
	};
	const begin = () => element.play().catch((failure: unknown) => {
		if (!isOver && failure instanceof DOMException && failure.name === 'NotAllowedError') heard.blocked();
	});
	const playing = () => heard.playing();
	element.addEventListener('playing', playing);
	element.addEventListener('error', over);
	const stop = isBuffered(mediaType) ? feed(element, url, mediaType, over) : plain(element, url, over);
	void begin();
	return () => {
		isOver = true;
		element.removeEventListener('playing', playing);
		element.removeEventListener('error', over);
		stop();
		element.removeAttribute('src');
		// Without it the browser goes on loading
		element.load();
	};
}

function plain(element: HTMLMediaElement, url: string, over: () => void): () => void {
	element.addEventListener('ended', over);
	element.src = url;
	return () => element.removeEventListener('ended', over);
}

function feed(element: HTMLMediaElement, url: string, mediaType: string, over: () => void): () => void {
	const source = new MediaSource();
	const address = URL.createObjectURL(source);
	const cut = new AbortController();
	source.addEventListener('sourceopen', () => {
		URL.revokeObjectURL(address);
		read(source.addSourceBuffer(mediaType)).catch(() => undefined).finally(() => cut.signal.aborted || over());
	}, { once: true });
	element.src = address;

	async function read(buffer: SourceBuffer): Promise<void> {
		const response = await fetch(url, { signal: cut.signal, cache: 'no-store' });
		const reader = response.ok ? response.body?.getReader() : undefined;
		if (!reader) return;
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			await change(buffer, () => buffer.appendBuffer(value));
			keepUp(element);
			const first = buffer.buffered.length > 0 ? buffer.buffered.start(0) : Infinity;
			const end = element.currentTime - KEPT_S;
			if (end - first > LEAST_REMOVED_S) await change(buffer, () => buffer.remove(0, end));
		}
	}
	return () => cut.abort();
}

/** @throws Error where the browser does not take it. */
function change(buffer: SourceBuffer, make: () => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const done = (): void => {
			buffer.removeEventListener('error', failed);
			resolve();
		};
		const failed = (): void => {
			buffer.removeEventListener('updateend', done);
			reject(new Error('not taken'));
		};
		buffer.addEventListener('updateend', done, { once: true });
		buffer.addEventListener('error', failed, { once: true });
		make();
	});
}

/** Near the newest moment, and never before a hole that nothing will fill. */
function keepUp(element: HTMLMediaElement): void {
	const { buffered } = element;
	if (buffered.length === 0) return;
	const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
	const behind = end - element.currentTime;
	if (element.currentTime < start || behind > MOST_BEHIND_S) element.currentTime = Math.max(start, end - RESUME_BEHIND_S);
	element.playbackRate = behind > HURRY_BEHIND_S ? HURRIED : 1;
}
