import { LONGEST_TYPING, type LiveCaption, type LiveCaptions } from '$contract/live-captions.ts';
import { api, isRefused, wordsOf } from '$lib/api.ts';
import { newId } from '$lib/community/drafts.ts';
import { CatchUp } from '$lib/talk/catch-up.ts';

/** A line on its way. */
export interface UnsentLine {
	clientId: string;
	text: string;
	/** When its first word was typed, of `performance.now()`. */
	begunAt: number;
}

/** As many as the API gives at once. */
const MOST = 100;
/** As many as anybody reads again. */
const MOST_KEPT = 1000;

/** What is said in a room, as somebody writes it along. Lines come whole over the socket; their numbers say whether one was missed, and then it is asked for. */
export class RoomCaptions {
	/** Ascending, without gaps. */
	lines = $state.raw<readonly LiveCaption[]>([]);
	unsent = $state.raw<readonly UnsentLine[]>([]);
	mayWrite = $state(false);
	/** Why the first of the unsent stopped. */
	trouble = $state('');
	/** Up to here nothing is missing. */
	private upTo = 0;
	private readonly missed = new CatchUp(() => this.ask(), isRefused);
	private isSending = false;

	constructor(private readonly number: number) {}

	private get path(): string {
		return `/webinars/${this.number}/captions`;
	}

	said(caption: LiveCaption): void {
		if (caption.sequence === this.upTo + 1) this.add([caption]);
		else if (caption.sequence > this.upTo) void this.catchUp();
	}

	/** Asks for what came meanwhile: at the beginning, after a pause, and where a number is missing. */
	catchUp(): Promise<void> {
		return this.missed.now();
	}

	/** Nobody looks any more. */
	stop(): void {
		this.missed.stop();
	}

	private async ask(): Promise<void> {
		for (;;) {
			const { upTo } = this;
			const said = await api().get<LiveCaptions>(this.path, { after: upTo, limit: MOST, ...(upTo === 0 ? { latest: 1 } : {}) });
			this.mayWrite = said.abilities.write;
			this.add(said.items);
			if (said.items.length === 0 || this.upTo >= said.last) return;
		}
	}

	private add(items: readonly LiveCaption[]): void {
		const fresh = items.filter(({ sequence }) => sequence > this.upTo);
		if (fresh.length === 0) return;
		this.lines = [...this.lines, ...fresh].slice(-MOST_KEPT);
		this.upTo = fresh.at(-1)?.sequence ?? this.upTo;
	}

	/** Sends a line after those before it. @param begunAt when its first word was typed, of `performance.now()`. */
	write(text: string, begunAt: number): void {
		this.unsent = [...this.unsent, { clientId: newId(), text, begunAt }];
		void this.deliver();
	}

	/** One after the other, as they were written; under its id a line that had arrived after all is not written twice. */
	async deliver(): Promise<void> {
		if (this.isSending) return;
		this.isSending = true;
		try {
			for (let line = this.unsent[0]; line; line = this.unsent[0]) {
				const typing = Math.round(Math.min(LONGEST_TYPING, performance.now() - line.begunAt));
				const { caption } = await api().post<{ caption: LiveCaption }>(this.path, { clientId: line.clientId, text: line.text, typing });
				this.unsent = this.unsent.slice(1);
				this.trouble = '';
				this.said(caption);
			}
		} catch (problem) {
			this.trouble = wordsOf(problem);
		} finally {
			this.isSending = false;
		}
	}

	/** What cannot be sent is let go. */
	drop(): void {
		this.unsent = [];
		this.trouble = '';
	}
}
