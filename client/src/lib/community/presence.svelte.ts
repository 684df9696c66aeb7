import type { Present } from '$contract/sockets.ts';
import { listen, socket } from '$lib/socket.ts';

/** A little longer than the pause between two times that somebody says she writes. */
const STOPPED_MS = 7000;
const SAID_MS = 3000;

/** Who else is in a thread now, and who of them is writing: told by the server, kept nowhere. Whoever does not want to be seen is told of nobody. */
export class ThreadPresence {
	count = $state(0);
	people = $state.raw<readonly Present[]>([]);
	typing = $state.raw<readonly Present[]>([]);
	/** Let in: before, and where she is not, nothing is said of her either. */
	private seen = false;
	private said = 0;
	private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
	private readonly topic: string;
	private readonly self: string;

	constructor(thread: number, self: string) {
		this.topic = `presence:${thread}`;
		this.self = self;
	}

	/** Listens until the returned function is called. */
	start(): () => void {
		const { topic } = this;
		const stops = [
			listen('presence:changed', (state) => state.topic === topic && this.show(state), { topic }),
			listen('presence:typing', (hint) => hint.topic === topic && this.hear(hint.person, hint.going), { topic })
		];
		return () => {
			for (const stop of stops) stop();
			for (const timer of this.timers.values()) clearTimeout(timer);
		};
	}

	/** She is writing: said every few seconds, not at every stroke. */
	typed(): void {
		if (!this.seen || Date.now() - this.said < SAID_MS) return;
		this.said = Date.now();
		this.say(true);
	}

	/** What she wrote is sent, or taken back. */
	stopped(): void {
		if (this.said === 0) return;
		this.said = 0;
		this.say(false);
	}

	private say(going: boolean): void {
		void socket().then((connection) => connection.volatile.emit('typing', this.topic, going));
	}

	private show({ count, people }: { count: number; people: readonly Present[] }): void {
		this.seen = true;
		this.people = people.filter(({ id }) => id !== this.self);
		this.count = Math.max(this.people.length, count - 1);
		// Who has gone is not writing either; of many, not all are named
		if (people.length === count) for (const { id } of this.typing) if (!people.some((one) => one.id === id)) this.forget(id);
	}

	private hear(person: Present, going: boolean): void {
		if (person.id === this.self) return;
		this.forget(person.id);
		if (!going) return;
		this.typing = [...this.typing, person];
		this.timers.set(person.id, setTimeout(() => this.forget(person.id), STOPPED_MS));
	}

	private forget(id: string): void {
		clearTimeout(this.timers.get(id));
		this.timers.delete(id);
		if (this.typing.some((one) => one.id === id)) this.typing = this.typing.filter((one) => one.id !== id);
	}
}
