import { untrack } from 'svelte';
import type { Playable } from './choose-streams.ts';
import { playStream } from './play-stream.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 15_000;

interface Told {
	/** What it plays, of which webinar; it begins anew where that changes, or `again` does. */
	stream(): { number: number; stream: Playable; again: number };
	/** The browser lets it play only after a click, or no longer so. */
	blocked(is: boolean): void;
	/** It ended: there may be another. */
	ended(): void;
	voiceAt(): number | undefined;
}

/** Plays one stream of a room on one element, and begins anew where it broke, ever more rarely while it does not play. */
export class StreamPlayer {
	isPlaying = $state(false);
	/** Why it does not. */
	trouble = $state<string>();
	private attempt = $state(0);
	private pause = FIRST_MS;
	/** By the browser's own control. */
	private isPaused = false;
	/** The list of streams is asked for again whenever anything in it changes: this one goes on for as long as it is the same. */
	private readonly same = $derived.by(() => {
		const { number, stream: { track, mediaType }, again } = this.told.stream();
		return [number, track, mediaType, again].join(' ');
	});

	/** @param hasControls whether she can pause it. */
	constructor(private readonly told: Told, private readonly hasControls: boolean) {}

	/** For the element. */
	readonly play = (element: HTMLMediaElement): (() => void) => {
		void this.attempt;
		void this.same;
		return untrack(() => {
			const { number, stream: { track, mediaType } } = this.told.stream();
			return this.begin(element, `/webinars/${number}/streams/${track}`, mediaType);
		});
	};

	private begin(element: HTMLMediaElement, path: string, mediaType: string): () => void {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const heed = new AbortController();
		const { signal } = heed;
		const stop = playStream(element, path, mediaType, {
			ended: (why) => {
				heed.abort();
				this.isPlaying = false;
				this.trouble = why;
				this.told.ended();
				timer = setTimeout(() => (this.attempt += 1), this.pause);
				this.pause = Math.min(LONGEST_MS, 2 * this.pause);
			},
			blocked: () => this.told.blocked(true),
			playing: (is) => {
				this.isPlaying = is;
				if (!is) return;
				this.trouble = undefined;
				this.pause = FIRST_MS;
				this.told.blocked(false);
			},
			voiceAt: () => this.told.voiceAt()
		}, this.isPaused);
		if (this.hasControls) {
			// What ends or begins anew pauses too, without her
			element.addEventListener('pause', () => (this.isPaused = true), { signal });
			element.addEventListener('play', () => (this.isPaused = false), { signal });
		} else {
			// A browser pauses what makes no sound where nobody sees it, and does not always go on with it
			document.addEventListener('visibilitychange', () => {
				if (!document.hidden && element.paused) void element.play().catch(() => undefined);
			}, { signal });
		}
		return () => {
			heed.abort();
			clearTimeout(timer);
			stop();
			this.told.blocked(false);
		};
	}
}
