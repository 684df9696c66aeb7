import type { RoomMessage, RoomMessages } from '$contract/room-talk.ts';
import { api, ApiProblem } from '$lib/api.ts';
import { newId } from '$lib/community/drafts.ts';
import { m } from '$lib/paraglide/messages.js';

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
	messages = $state.raw<RoomMessage[]>([]);
	outgoing = $state<OutgoingMessage[]>([]);
	abilities = $state({ write: false, moderate: false });
	slowSeconds = $state(0);
	/** Up to here nothing is missing. */
	private upTo = 0;
	private catching: Promise<void> | undefined;
	private again = false;

	constructor(private readonly number: number) {}

	private get path(): string {
		return `/webinars/${this.number}/messages`;
	}

	said(message: RoomMessage): void {
		if (message.sequence <= this.upTo) return;
		if (message.sequence > this.upTo + 1) return void this.catchUp();
		this.add([message]);
		this.upTo = message.sequence;
	}

	passed(sequence: number): void {
		if (sequence === this.upTo + 1) this.upTo = sequence;
		else if (sequence > this.upTo) void this.catchUp();
	}

	hidden(sequence: number): void {
		this.messages = this.messages.map((message) => (message.sequence === sequence ? { ...message, text: null } : message));
	}

	/** Asks for what came meanwhile: at the beginning, after a pause, and where a number is missing. One question at a time. */
	catchUp(): Promise<void> {
		if (this.catching) {
			this.again = true;
			return this.catching;
		}
		this.catching = this.ask().finally(() => {
			this.catching = undefined;
			if (!this.again) return;
			this.again = false;
			void this.catchUp();
		});
		return this.catching;
	}

	private async ask(): Promise<void> {
		for (;;) {
			const said = await api().get<RoomMessages>(this.path, { after: this.upTo, limit: MOST, ...(this.upTo === 0 ? { latest: 1 } : {}) }).catch(() => undefined);
			if (!said) return;
			this.abilities = said.abilities;
			this.slowSeconds = said.slowSeconds;
			this.add(said.items);
			this.upTo = Math.max(this.upTo, said.upTo);
			if (said.upTo >= said.last) return;
		}
	}

	send(text: string, toStaff: boolean): Promise<void> {
		const clientId = newId();
		this.outgoing.push({ clientId, text, toStaff, state: 'sending', reason: '' });
		return this.deliver(clientId);
	}

	/** Sends it again under the same id: what had arrived after all is not written twice. */
	async deliver(clientId: string): Promise<void> {
		const message = this.outgoing.find((one) => one.clientId === clientId);
		if (!message) return;
		message.state = 'sending';
		try {
			await api().post(this.path, { clientId, text: message.text, toStaff: message.toStaff });
			await this.catchUp();
			this.drop(clientId);
		} catch (problem) {
			message.state = 'failed';
			message.reason = problem instanceof ApiProblem ? (problem.errors[0]?.message ?? problem.message) : m.ui_error_unexpected();
		}
	}

	drop(clientId: string): void {
		this.outgoing = this.outgoing.filter((one) => one.clientId !== clientId);
	}

	async hide(sequence: number): Promise<void> {
		await api().put(`${this.path}/${sequence}/removal`, {});
		this.hidden(sequence);
	}

	private add(messages: readonly RoomMessage[]): void {
		const known = new Set(this.messages.map(({ sequence }) => sequence));
		const fresh = messages.filter(({ sequence }) => !known.has(sequence));
		if (fresh.length === 0) return;
		this.messages = [...this.messages, ...fresh].sort((a, b) => a.sequence - b.sequence);
		for (const { clientId } of fresh) this.drop(clientId);
	}
}
