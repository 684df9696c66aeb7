import { io, type Socket } from 'socket.io-client';
import { type ClientToMedia, type LiveAnswer, MEDIA_PATH, type MediaToClient, type RoomState } from '$contract/live.ts';
import * as parser from '$contract/one-frame-parser.ts';
import { SessionClock, ownNow } from './clock.ts';
import { isFinalAtDoor, isFinalOnLine, pauseBefore } from './refusals.ts';

/** How long the server may take to answer; then it has not. */
const ANSWER_MS = 10_000;
const PINGS = 8;
const PING_MS = 150;
/** Who was in for so long came back in good order: the next time she does not wait long. */
const SETTLED_MS = 10_000;

export interface LineEvents {
	joined(state: RoomState): void;
	/** The room's clock is known to a round trip: what is sent from now on bears the right time. */
	timed(): void;
	/** The line is gone, or has not come up; it comes back by itself. */
	lost(): void;
	/** One may not come in, and trying again would not help: the line is closed. */
	refused(code: string, reason: string | undefined): void;
}

/** What the server says; where the line broke meanwhile or nothing was said, `line`. Never rejects. */
export const answered = <T extends object>(asked: Promise<LiveAnswer<T>>): Promise<LiveAnswer<T>> => asked.catch(() => ({ ok: false, code: 'line' }));

/** The media connection of one browser to one room: goes in, comes back after every interruption, and knows the room's clock. */
export class Line {
	readonly socket: Socket<MediaToClient, ClientToMedia>;
	/** Of this entry: after another the old one's error is of no use. */
	clock = new SessionClock();
	isJoined = false;
	private tries = 0;
	private joinedAt = -Infinity;
	private again: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly number: number,
		private readonly events: LineEvents
	) {
		this.socket = io(parser.MEDIA_NAMESPACE, { path: MEDIA_PATH, parser, transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5000, randomizationFactor: 0.5 });
		this.socket.on('connect', () => void this.join());
		this.socket.on('disconnect', (reason) => {
			this.isJoined = false;
			if (ownNow() - this.joinedAt > SETTLED_MS) this.tries = 0;
			events.lost();
			// Whoever was cut off comes back: the door says whether she may
			if (reason === 'io server disconnect') this.comeBack();
		});
		this.socket.on('connect_error', ({ message }) => {
			if (isFinalOnLine(message)) return this.refuse(message, undefined);
			events.lost();
			// Where the network failed socket.io tries again by itself, where the server answered with an error it does not
			if (!this.socket.active) this.comeBack();
		});
	}

	/** To ask the server: the answer comes within ten seconds or the promise rejects (`answered` makes an answer of that). */
	get asking() {
		return this.socket.timeout(ANSWER_MS);
	}

	/** Bytes that the browser has not yet given to the network. */
	get buffered(): number {
		const transport: object | undefined = this.socket.io.engine?.transport;
		return transport && 'ws' in transport && transport.ws instanceof WebSocket ? transport.ws.bufferedAmount : 0;
	}

	/** For good: nothing of it goes on. */
	close(): void {
		clearTimeout(this.again);
		this.isJoined = false;
		this.socket.disconnect();
	}

	/** Asks the room's clock once. @returns whether it was told. */
	async askClock(): Promise<boolean> {
		const { clock } = this;
		const asked = ownNow();
		const answer = await answered(this.asking.emitWithAck('live:clock'));
		if (answer.ok) clock.learn(answer.clock, asked, ownNow());
		return answer.ok;
	}

	private async join(): Promise<void> {
		const { id } = this.socket;
		const asked = ownNow();
		const answer = await answered(this.asking.emitWithAck('live:join', { number: this.number }));
		// An answer to a line that is no more
		if (this.socket.id !== id) return;
		if (!answer.ok) {
			if (isFinalAtDoor(answer.code)) return this.refuse(answer.code, answer.reason);
			this.socket.disconnect();
			return this.comeBack();
		}
		this.joinedAt = ownNow();
		this.clock = new SessionClock();
		this.clock.learn(answer.state.clock, asked, this.joinedAt);
		this.isJoined = true;
		this.events.joined(answer.state);
		await this.askClock();
		if (this.socket.id !== id) return;
		this.events.timed();
		void this.learnClock(this.clock);
	}

	private async learnClock(clock: SessionClock): Promise<void> {
		for (let i = 1; i < PINGS; i += 1) {
			await new Promise((resolve) => setTimeout(resolve, PING_MS));
			if (clock !== this.clock || !(await this.askClock())) return;
		}
	}

	private comeBack(): void {
		clearTimeout(this.again);
		this.again = setTimeout(() => this.socket.connect(), pauseBefore(this.tries, Math.random()));
		this.tries += 1;
	}

	private refuse(code: string, reason: string | undefined): void {
		this.close();
		this.events.refused(code, reason);
	}
}
