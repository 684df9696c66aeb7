import type { RoomMessage, RoomMessages } from '$contract/room-talk.ts';

/**
 * What was heard of a room's talk, in whatever order it came: each message once, sorted, what was taken away stays so, and up to which number nothing is
 * missing. Knows no network.
 */
export class HeardMessages {
	messages: readonly RoomMessage[] = [];
	/** Up to here nothing is missing of what is for this person. */
	upTo = 0;
	/** Whether this person keeps order, and hears what is for who runs the room. */
	moderates = false;
	private readonly hiddenNumbers = new Set<number>();

	/** A message came whole. @returns what of it is new. */
	said(message: RoomMessage): RoomMessage[] {
		const fresh = this.add([message]);
		if (message.sequence === this.upTo + 1) this.upTo = message.sequence;
		return fresh;
	}

	/** A number was not for everybody. For who keeps order it comes otherwise: until then it is missing. */
	passed(sequence: number): void {
		if (sequence === this.upTo + 1 && (!this.moderates || this.has(sequence))) this.upTo = sequence;
	}

	/** Whether something up to this number has not been heard. */
	misses(sequence: number): boolean {
		return sequence > this.upTo;
	}

	hide(sequences: readonly number[]): void {
		for (const sequence of sequences) this.hiddenNumbers.add(sequence);
		this.messages = this.messages.map((message) => this.asSeen(message));
	}

	/**
	 * What was asked for has come. @param me whose own messages stay where she no longer keeps order.
	 * @returns what of it is new, and whether something is still missing: also what went by before she kept order.
	 */
	caughtUp({ items, hidden, upTo, last, abilities }: RoomMessages, me: string): { fresh: RoomMessage[]; more: boolean } {
		const [before, began] = [this.moderates, this.upTo > 0];
		this.moderates = abilities.moderate;
		this.hide(hidden);
		const fresh = this.add(items);
		this.upTo = Math.max(this.upTo, upTo);
		if (before && !this.moderates) this.messages = this.messages.filter(({ toStaff, author }) => !toStaff || author.id === me);
		if (began && !before && this.moderates) {
			this.upTo = Math.max(0, (this.messages[0]?.sequence ?? 1) - 1);
			return { fresh, more: true };
		}
		return { fresh, more: upTo < last };
	}

	/** Keeps messages without a word about what came before them. @returns those that are new. */
	add(messages: readonly RoomMessage[]): RoomMessage[] {
		const fresh = messages.filter(({ sequence }) => !this.has(sequence)).map((message) => this.asSeen(message));
		if (fresh.length > 0) this.messages = [...this.messages, ...fresh].sort((a, b) => a.sequence - b.sequence);
		return fresh;
	}

	private has(sequence: number): boolean {
		return this.messages.some((message) => message.sequence === sequence);
	}

	private asSeen(message: RoomMessage): RoomMessage {
		return this.hiddenNumbers.has(message.sequence) && message.text !== null ? { ...message, text: null } : message;
	}
}
