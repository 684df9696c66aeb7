import type { Channel, ChannelMessage, ChannelMessages } from '$contract/channels.ts';
import { api, isRefused, wordsOf } from '$lib/api.ts';
import { newId } from '$lib/community/drafts.ts';
import { CatchUp } from '$lib/talk/catch-up.ts';

/** A message on its way, or stopped on it. */
export interface OutgoingMessage {
	clientId: string;
	text: string;
	/** Whom it names. */
	named: string[];
	state: 'sending' | 'failed';
	/** Why it stopped. */
	reason: string;
}

/** As many as the API gives at once. */
const MOST = 100;
/** A crowd that reads what comes does not say so at each word. */
const READ_EVERY_MS = 3000;

/**
 * A channel as this page shows it: a run of messages without gaps, known by their numbers. Messages come whole over the socket; what is missing is asked for.
 * None is lost, none comes twice, whatever is sent again.
 */
export class ChannelTalk {
	/** Ascending, without gaps. */
	messages: readonly ChannelMessage[];
	lastSequence: number;
	/** The run ends where the channel does: what comes is shown below it. Else one looks at older messages. */
	isAtEnd: boolean;
	outgoing = $state<OutgoingMessage[]>([]);
	/** Why a message could not be taken away. */
	trouble = $state('');
	isLoading = $state(false);
	readonly place: string;
	private noted: number;
	private readonly missed = new CatchUp(() => this.ask(), isRefused);
	private readTimer: ReturnType<typeof setTimeout> | undefined;

	/** @param onFresh what somebody wrote since one has been here. */
	constructor(
		channel: Channel,
		private readonly onFresh: (messages: ChannelMessage[]) => void
	) {
		this.place = channel.place;
		this.messages = $state.raw(channel.messages);
		this.lastSequence = $state(channel.lastSequence);
		this.isAtEnd = $state((channel.messages.at(-1)?.sequence ?? 0) >= channel.lastSequence);
		this.noted = channel.readSequence;
	}

	private get path(): string {
		return `/channels/${this.place}`;
	}
	get first(): number {
		return this.messages[0]?.sequence ?? 1;
	}
	get end(): number {
		return this.messages.at(-1)?.sequence ?? 0;
	}

	said(message: ChannelMessage): void {
		this.lastSequence = Math.max(this.lastSequence, message.sequence);
		// Who looks at older messages sees the new ones when she comes back to them
		if (!this.isAtEnd) return;
		if (message.sequence === this.end + 1) this.append([message]);
		else if (message.sequence > this.end) void this.catchUp();
	}

	hidden(sequences: readonly number[]): void {
		if (sequences.length === 0) return;
		const gone = new Set(sequences);
		this.messages = this.messages.map((message) => (gone.has(message.sequence) ? { ...message, text: null, named: [] } : message));
	}

	/** Asks for what came meanwhile: at the beginning, after a pause, and where a number is missing. */
	catchUp(): Promise<void> {
		return this.missed.now();
	}

	private async ask(): Promise<void> {
		for (;;) {
			const { items, hidden, lastSequence } = await api().get<ChannelMessages>(`${this.path}/messages`, { from: this.end + 1, limit: MOST });
			this.hidden(hidden);
			// Who looks at older messages asks for those that follow herself
			if (!this.isAtEnd) return;
			this.lastSequence = Math.max(this.lastSequence, lastSequence);
			if (items.length === 0) return;
			this.append(items);
			if (this.end >= lastSequence) return;
		}
	}

	/** Those before the first. */
	async older(): Promise<void> {
		const { first } = this;
		if (first <= 1 || this.isLoading) return;
		await this.load(async () => {
			const from = Math.max(1, first - MOST);
			const { items } = await api().get<ChannelMessages>(`${this.path}/messages`, { from, limit: first - from });
			if (this.first === first) this.messages = [...items, ...this.messages];
		});
	}

	/** Those after the last, where one looks at older ones. */
	async newer(): Promise<void> {
		const { end } = this;
		if (this.isLoading) return;
		await this.load(async () => {
			const { items, lastSequence } = await api().get<ChannelMessages>(`${this.path}/messages`, { from: end + 1, limit: MOST });
			this.lastSequence = Math.max(this.lastSequence, lastSequence);
			this.append(items, false);
			this.isAtEnd = this.end >= lastSequence;
			// What was told meanwhile was not for who looked at older messages
			if (this.isAtEnd && this.end < this.lastSequence) await this.catchUp();
		});
	}

	private async load(work: () => Promise<void>): Promise<void> {
		this.isLoading = true;
		this.trouble = '';
		try {
			await work();
		} catch (problem) {
			this.trouble = wordsOf(problem);
		} finally {
			this.isLoading = false;
		}
	}

	/** What was sent before the page was left, and perhaps arrived: it is shown as stopped, unless it is there. */
	restore(unsent: readonly { clientId: string; text: string; named: string[] }[]): void {
		const there = new Set([...this.messages, ...this.outgoing].map(({ clientId }) => clientId));
		for (const one of unsent) if (!there.has(one.clientId)) this.outgoing.push({ ...one, state: 'failed', reason: '' });
	}

	send(text: string, named: string[]): Promise<void> {
		const clientId = newId();
		this.outgoing.push({ clientId, text, named, state: 'sending', reason: '' });
		return this.deliver(clientId);
	}

	/** Sends it again under the same id: what had arrived after all is not written twice. */
	async deliver(clientId: string): Promise<void> {
		const message = this.outgoing.find((one) => one.clientId === clientId);
		if (!message) return;
		message.state = 'sending';
		try {
			const { message: written } = await api().post<{ message: ChannelMessage }>(`${this.path}/messages`, { clientId, text: message.text, named: message.named });
			this.said(written);
			// Somebody may have written just before: it is shown once, here or there
			if (this.isAtEnd && this.end < written.sequence) await this.catchUp();
			this.drop(clientId);
		} catch (problem) {
			message.state = 'failed';
			message.reason = wordsOf(problem);
		}
	}

	/** Takes back what was not sent. */
	drop(clientId: string): void {
		this.outgoing = this.outgoing.filter((one) => one.clientId !== clientId);
	}

	async remove(sequence: number): Promise<void> {
		this.trouble = '';
		try {
			await api().put(`${this.path}/messages/${sequence}/removal`, {});
			this.hidden([sequence]);
		} catch (problem) {
			this.trouble = wordsOf(problem);
		}
	}

	/** She has the newest message before her eyes. Said at once, then every few seconds at most. */
	noteRead(): void {
		if (!this.isAtEnd || this.end <= this.noted || this.readTimer) return;
		const before = this.noted;
		this.noted = this.end;
		api()
			.put(`${this.path}/reading`, { sequence: this.noted })
			.catch(() => (this.noted = Math.min(this.noted, before)));
		this.readTimer = setTimeout(() => {
			this.readTimer = undefined;
			if (typeof document !== 'undefined' && document.visibilityState === 'visible') this.noteRead();
		}, READ_EVERY_MS);
	}

	/** The page is left: what was seen last has been read too. */
	stop(): void {
		this.missed.stop();
		clearTimeout(this.readTimer);
		this.readTimer = undefined;
		if (document.visibilityState !== 'visible') return;
		this.noteRead();
		clearTimeout(this.readTimer);
	}

	private append(items: readonly ChannelMessage[], told = true): void {
		const fresh: ChannelMessage[] = [];
		let { end } = this;
		for (const message of items) {
			if (message.sequence !== end + 1) continue;
			end = message.sequence;
			fresh.push(message);
		}
		if (fresh.length === 0) return;
		this.messages = [...this.messages, ...fresh];
		for (const { clientId } of fresh) this.drop(clientId);
		if (told) this.onFresh(fresh);
	}
}
