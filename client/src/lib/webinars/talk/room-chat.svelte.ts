import type { RoomMessage, RoomMessages } from '$contract/room-talk.ts';
import { api, isRefused, wordsOf } from '$lib/api.ts';
import { newId } from '$lib/community/drafts.ts';
import { CatchUp } from '$lib/talk/catch-up.ts';
import { HeardMessages } from './heard-messages.ts';

/** A message on its way, or stopped on it. */
export interface OutgoingMessage {
	clientId: string;
	text: string;
	toStaff: boolean;
	state: 'sending' | 'failed';
	/** Why it stopped. */
	reason: string;
}

/** As many as the API gives at once. */
const MOST = 100;

/**
 * What is written in a room, as this page shows it. Messages come whole over the socket; their numbers say whether one was missed, and then it is asked
 * for. None is lost, none comes twice.
 */
export class RoomChat {
	messages = $state.raw<readonly RoomMessage[]>([]);
	outgoing = $state<OutgoingMessage[]>([]);
	abilities = $state({ write: false, moderate: false });
	slowSeconds = $state(0);
	/** Only who keeps order writes to everybody. */
	locked = $state(false);
	/** Why order could not be kept. */
	orderTrouble = $state('');
	private readonly known = new HeardMessages();
	private hasBegun = false;
	private readonly missed = new CatchUp(() => this.ask(), isRefused);

	/** @param me who looks. @param onFresh what somebody wrote since one has been here. */
	constructor(
		private readonly number: number,
		private readonly me: string,
		private readonly onFresh: (messages: RoomMessage[]) => void
	) {}

	private get path(): string {
		return `/webinars/${this.number}/messages`;
	}

	said(message: RoomMessage): void {
		this.show(this.known.said(message));
		if (this.known.misses(message.sequence)) void this.catchUp();
	}

	passed(sequence: number): void {
		this.known.passed(sequence);
		if (this.known.misses(sequence)) void this.catchUp();
	}

	hidden(sequence: number): void {
		this.known.hide([sequence]);
		this.show([]);
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
			const { upTo } = this.known;
			const said = await api().get<RoomMessages>(this.path, { after: upTo, limit: MOST, ...(upTo === 0 ? { latest: 1 } : {}) });
			this.abilities = said.abilities;
			this.slowSeconds = said.slowSeconds;
			this.locked = said.locked;
			const { fresh, more } = this.known.caughtUp(said, this.me);
			this.show(fresh);
			this.hasBegun = true;
			if (!more) return;
		}
	}

	send(text: string, toStaff: boolean): Promise<void> {
		const clientId = newId();
		this.outgoing.push({ clientId, text, toStaff, state: 'sending', reason: '' });
		return this.deliver(clientId);
	}

	/** Sends it again under the same id: what had arrived after all is not written twice. */
	async deliver(clientId: string): Promise<void> {
		const outgoing = this.outgoing.find((one) => one.clientId === clientId);
		if (!outgoing) return;
		outgoing.state = 'sending';
		try {
			const { message } = await api().post<{ message: RoomMessage }>(this.path, { clientId, text: outgoing.text, toStaff: outgoing.toStaff });
			// The answer has it: what is for the moderators alone does not come back otherwise
			this.show(this.known.said(message));
			this.drop(clientId);
			if (this.known.misses(message.sequence)) await this.catchUp();
		} catch (problem) {
			outgoing.state = 'failed';
			outgoing.reason = wordsOf(problem);
		}
	}

	drop(clientId: string): void {
		this.outgoing = this.outgoing.filter((one) => one.clientId !== clientId);
	}

	async hide(sequence: number): Promise<void> {
		if (await this.order(`${this.path}/${sequence}/removal`, {})) this.hidden(sequence);
	}

	/** How many seconds each waits between two messages. Everybody hears of it, this page too. */
	async slowDown(seconds: number): Promise<void> {
		await this.order(`/webinars/${this.number}/slow-mode`, { seconds });
	}

	async lock(locked: boolean): Promise<void> {
		await this.order(`/webinars/${this.number}/chat-lock`, { locked });
	}

	private async order(path: string, body: object): Promise<boolean> {
		this.orderTrouble = '';
		try {
			await api().put(path, body);
			return true;
		} catch (problem) {
			this.orderTrouble = wordsOf(problem);
			return false;
		}
	}

	private show(fresh: readonly RoomMessage[]): void {
		this.messages = this.known.messages;
		for (const { clientId } of fresh) this.drop(clientId);
		if (this.hasBegun) this.onFresh(fresh.filter(({ author }) => author.id !== this.me));
	}
}
