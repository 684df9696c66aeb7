import type { Conversation, DirectMessage, MessageList, WrittenTo } from '$contract/direct.ts';
import type { ServerToClient } from '$contract/sockets.ts';
import { api, isRefused, wordsOf } from '$lib/api.ts';
import { newId } from '$lib/community/drafts.ts';
import { CatchUp } from '$lib/talk/catch-up.ts';

/** A message on its way, or stopped on it. */
export interface OutgoingMessage {
	clientId: string;
	text: string;
	state: 'sending' | 'failed';
	/** Why it stopped. */
	reason: string;
}

type Hint = Parameters<ServerToClient['direct:changed']>[0];

/** What is shown of a conversation; `id` is null while nothing has been written. */
export type ConversationHead = Omit<Conversation, 'id' | 'messages' | 'lastSequence'> & { id: string | null };

/** As many as the API gives at once. */
const MOST = 100;

/**
 * A conversation as this page shows it: a run of messages without gaps, known by their sequence. The socket says that there is more; the API says what. None is lost,
 * none comes twice, whatever is sent again.
 */
export class LiveConversation {
	head: ConversationHead;
	/** Ascending. */
	messages: DirectMessage[];
	lastSequence: number;
	outgoing = $state<OutgoingMessage[]>([]);
	private noted: number;
	private readonly missed = new CatchUp(() => this.fetchNews(), isRefused);

	constructor(head: ConversationHead, messages: DirectMessage[], lastSequence: number) {
		this.head = $state.raw(head);
		this.messages = $state.raw(messages);
		this.lastSequence = $state(lastSequence);
		this.noted = head.readSequence;
	}

	get first(): number {
		return this.messages[0]?.sequence ?? 1;
	}
	get end(): number {
		return this.messages.at(-1)?.sequence ?? 0;
	}

	/** What `load` found anew. */
	merge({ messages, lastSequence, ...head }: Conversation): void {
		this.head = head;
		const fresh = new Map(messages.map((message) => [message.sequence, message]));
		this.messages = this.messages.map((message) => fresh.get(message.sequence) ?? message);
		this.append(messages);
		this.lastSequence = Math.max(this.lastSequence, lastSequence);
	}

	hint({ conversation, lastSequence }: Hint): void {
		if (conversation !== this.head.id) return;
		this.lastSequence = Math.max(this.lastSequence, lastSequence);
		void this.catchUp();
	}

	/** Asks for what came meanwhile. */
	catchUp(): Promise<void> {
		return this.missed.now();
	}

	/** Nobody looks any more. */
	stop(): void {
		this.missed.stop();
	}

	/** She has the newest message before her eyes. */
	noteRead(): void {
		const { id } = this.head;
		const sequence = this.end;
		if (id === null || sequence <= this.noted) return;
		const before = this.noted;
		this.noted = sequence;
		api().put(`/conversations/${id}/reading`, { sequence }).catch(() => (this.noted = Math.min(this.noted, before)));
	}

	/** Sends a message, shown at once. @returns the conversation's id, or nothing where it stopped: it stays in `outgoing` with its words. */
	send(text: string): Promise<string | undefined> {
		const clientId = newId();
		this.outgoing.push({ clientId, text, state: 'sending', reason: '' });
		return this.deliver(clientId);
	}

	/** Sends it again under the same id: what had arrived after all is not written twice. */
	async deliver(clientId: string): Promise<string | undefined> {
		const message = this.outgoing.find((one) => one.clientId === clientId);
		if (!message) return undefined;
		message.state = 'sending';
		try {
			const { id, written } = await this.post(clientId, message.text);
			this.append([written]);
			this.lastSequence = Math.max(this.lastSequence, written.sequence);
			// The other one may have written just before
			if (this.end < written.sequence && this.head.id !== null) await this.catchUp();
			this.drop(clientId);
			return id;
		} catch (problem) {
			message.state = 'failed';
			message.reason = wordsOf(problem);
			return undefined;
		}
	}

	/** Takes back what was not sent. @returns its words. */
	drop(clientId: string): string {
		const text = this.outgoing.find((one) => one.clientId === clientId)?.text ?? '';
		this.outgoing = this.outgoing.filter((one) => one.clientId !== clientId);
		return text;
	}

	private async post(clientId: string, text: string): Promise<{ id: string; written: DirectMessage }> {
		const { id } = this.head;
		if (id === null) {
			const { conversationId, message } = await api().post<WrittenTo>('/conversations', { personId: this.head.with.id, clientId, text });
			return { id: conversationId, written: message };
		}
		const { items } = await api().post<MessageList>(`/conversations/${id}/messages`, { clientId, text });
		const [written] = items;
		if (!written) throw new Error('The message came back empty');
		return { id, written };
	}

	private async fetchNews(): Promise<void> {
		const { id } = this.head;
		// Who looks at older messages sees the new ones when she comes back to them
		while (id !== null && this.end < this.lastSequence) {
			const { items, lastSequence } = await api().get<MessageList>(`/conversations/${id}/messages`, { from: this.end + 1, limit: MOST });
			const before = this.end;
			this.append(items);
			this.lastSequence = Math.max(this.lastSequence, lastSequence);
			if (this.end === before) return;
		}
	}

	private append(messages: readonly DirectMessage[]): void {
		for (const message of messages) if (message.sequence === this.end + 1) this.messages = [...this.messages, message];
	}
}
