import { api } from '$lib/api.ts';

const AFTER_MS = 700;

/** Notes how far somebody has read, as the posts come into sight: a moment after, once for many. */
export class ReadingMark {
	private seen: number;
	private noted: number;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private readonly thread: number;

	/** @param read how far already; null for who is no member, of whom nothing is noted. */
	constructor(thread: number, read: number | null) {
		this.thread = thread;
		this.seen = this.noted = read ?? Infinity;
	}

	/** For `{@attach}` on what ends a post: when that has come into sight, the post has been read. */
	readonly watch = (sequence: number) => (element: HTMLElement) => {
		if (sequence <= this.noted) return;
		const observer = new IntersectionObserver((entries) => {
			if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
			observer.disconnect();
			this.see(sequence);
		});
		observer.observe(element);
		return () => observer.disconnect();
	};

	/** What waits is noted now: the page is left. */
	readonly flush = () => {
		clearTimeout(this.timer);
		this.timer = undefined;
		if (this.seen <= this.noted) return;
		const sequence = this.seen;
		const before = this.noted;
		this.noted = sequence;
		// It stays unread, and is noted with what is seen next
		api().put(`/threads/${this.thread}/reading`, { sequence }).catch(() => (this.noted = Math.min(this.noted, before)));
	};

	private see(sequence: number): void {
		this.seen = Math.max(this.seen, sequence);
		this.timer ??= setTimeout(this.flush, AFTER_MS);
	}
}
