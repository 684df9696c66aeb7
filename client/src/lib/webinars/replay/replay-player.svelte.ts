import type { ReplayFile } from '$contract/recording.ts';

/** Nearer than this, in seconds, two files are together: nobody sees or hears it. */
const TOGETHER = 0.03;
/** Farther than this a file jumps, instead of hurrying. */
const FAR = 0.4;
/** How much faster or slower a file runs at most to come back, as a part of the speed: more is heard. */
const MOST_HURRY = 0.06;
const LOOK_MS = 200;

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** Plays all files of a recording on one clock: that of the first, whose sound must not stumble; the others follow it, hurrying or waiting a little where they drift. */
export class ReplayPlayer {
	/** Seconds of the recording's clock. */
	time = $state(0);
	playing = $state(false);
	waiting = $state(false);
	failed = $state(false);
	speed = $state(1);
	volume = $state(1);
	/** How far the others are from the first at the last look, in seconds; for who measures. */
	drift = $state(0);
	private readonly elements = new Map<string, HTMLMediaElement>();
	private readonly broken = new Set<string>();
	private timer: ReturnType<typeof setInterval> | undefined;
	private startAt = 0;

	constructor(
		private readonly files: readonly ReplayFile[],
		readonly duration: number
	) {}

	private get first(): HTMLMediaElement | undefined {
		return this.elements.get(this.files[0]?.id ?? '');
	}

	/** Takes an element that plays a file. @returns how to give it back. */
	attach(id: string, element: HTMLMediaElement): () => void {
		this.elements.set(id, element);
		const leads = id === this.files[0]?.id;
		const listeners: Record<string, () => void> = leads
			? {
					loadedmetadata: () => this.startAt > 0 && this.seek(this.startAt),
					timeupdate: () => (this.time = element.currentTime),
					seeked: () => (this.time = element.currentTime),
					waiting: () => {
						this.waiting = true;
						this.together();
					},
					playing: () => {
						this.waiting = false;
						this.together();
					},
					pause: () => this.stopped(),
					ended: () => this.stopped(),
					error: () => (this.failed = true)
				}
			: { error: () => this.broken.add(id) };
		for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
		if (leads && element.readyState > 0 && this.startAt > 0) this.seek(this.startAt);
		if (leads && element.error) this.failed = true;
		return () => {
			for (const [event, listener] of Object.entries(listeners)) element.removeEventListener(event, listener);
			element.pause();
			this.elements.delete(id);
		};
	}

	async play(): Promise<void> {
		const { first } = this;
		if (!first) return;
		if (first.ended || this.time >= this.duration) this.seek(0);
		try {
			await first.play();
			this.playing = true;
			this.timer ??= setInterval(() => this.together(), LOOK_MS);
			this.together();
		} catch (problem) {
			// Paused again before it could begin is no failure
			if (!(problem instanceof DOMException && problem.name === 'AbortError')) this.failed = true;
		}
	}

	pause(): void {
		this.first?.pause();
	}

	toggle(): void {
		if (this.playing) this.pause();
		else void this.play();
	}

	seek(seconds: number): void {
		const to = Math.min(Math.max(0, seconds), this.duration);
		this.time = to;
		this.startAt = to;
		if (this.first && this.first.readyState > 0) this.first.currentTime = to;
		for (const element of this.others()) if (element.readyState > 0) element.currentTime = Math.min(to, element.duration || to);
	}

	setSpeed(speed: number): void {
		this.speed = speed;
		if (this.first) this.first.playbackRate = speed;
		this.together();
	}

	setVolume(volume: number): void {
		this.volume = volume;
		for (const element of this.elements.values()) element.volume = volume;
	}

	private others(): HTMLMediaElement[] {
		return [...this.elements].filter(([id]) => id !== this.files[0]?.id && !this.broken.has(id)).map(([, element]) => element);
	}

	private stopped(): void {
		this.playing = false;
		clearInterval(this.timer);
		this.timer = undefined;
		for (const element of this.others()) element.pause();
		this.time = this.first?.currentTime ?? this.time;
	}

	/** Brings the others to where the first is. */
	private together(): void {
		const { first } = this;
		if (!first) return;
		this.time = first.currentTime;
		let worst = 0;
		for (const element of this.others()) {
			const over = element.duration > 0 && first.currentTime >= element.duration;
			if (!this.playing || this.waiting || over) {
				element.pause();
				continue;
			}
			const ahead = element.currentTime - first.currentTime;
			if (Math.abs(ahead) > FAR) element.currentTime = first.currentTime;
			else worst = Math.max(worst, Math.abs(ahead));
			const hurry = Math.abs(ahead) < TOGETHER || Math.abs(ahead) > FAR ? 0 : Math.max(-MOST_HURRY, Math.min(MOST_HURRY, ahead));
			element.playbackRate = this.speed * (1 - hurry);
			if (element.paused) void element.play().catch(() => undefined);
		}
		this.drift = worst;
	}
}
