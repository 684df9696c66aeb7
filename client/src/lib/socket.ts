import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '$contract/sockets.ts';

export type AppSocket = Socket<ServerToClient, ClientToServer>;

let connecting: Promise<AppSocket> | undefined;
/** Who hangs on each topic: asked for at the first, given up at the last. Each is called when the server has answered. */
const topics = new Map<string, Set<() => void>>();

/**
 * The one live connection of this browser tab, opened when the first page asks for it. The library comes then
 * too, so that a page without live parts never loads it. Call it in the browser only (in `$effect` or `onMount`).
 */
export function socket(): Promise<AppSocket> {
	connecting ??= import('socket.io-client').then(({ io }) => {
		const connection: AppSocket = io('/app');
		// Who is cut off because rights changed comes back by herself, and hears what she may hear now; socket.io does so only where the line broke
		connection.on('disconnect', (reason) => {
			if (reason === 'io server disconnect') setTimeout(() => connection.connect(), AGAIN_MS + Math.random() * SPREAD_MS);
		});
		// The server forgets a connection's topics when it breaks.
		connection.on('connect', () => {
			for (const [topic, listeners] of topics) {
				connection.emit('subscribe', topic, () => {
					for (const heard of listeners) heard();
				});
			}
		});
		return connection;
	});
	return connecting;
}

/** Those who were cut off together do not come back all in the same instant. */
const AGAIN_MS = 300;
const SPREAD_MS = 1500;

interface Emitter<Listener> {
	on(name: string, listener: Listener): unknown;
	off(name: string, listener: Listener): unknown;
}

interface ListenOptions {
	/** The topic whose hints these are; none for what concerns the person. */
	topic?: string;
	/** Called after every reconnection: what was said meanwhile is lost, and the page asks for it again. */
	refetch?: () => void;
	/** Called whenever the server has answered whether it tells of the topic, the first time too: of what is asked for now, nothing is missed; where it refuses, the API says so as well. Without a topic, whenever there is a connection. */
	heard?: () => void;
}

/**
 * Listens to one event until the returned function is called. The socket says "look again"; the API knows:
 *
 *     $effect(() => listen('notices:changed', ({ unread }) => (count = unread), { refetch: () => lookAgain(ACTOR) }));
 */
export function listen<Name extends keyof ServerToClient>(
	name: Name,
	listener: ServerToClient[Name],
	{ topic, refetch, heard = () => {} }: ListenOptions = {}
): () => void {
	let stop: (() => void) | undefined;
	let stopped = false;
	void socket().then((connection) => {
		if (stopped) return;
		// socket.io-client types a listener by a literal event name; here the name is a type parameter.
		const events = connection as unknown as Emitter<ServerToClient[Name]>;
		events.on(name, listener);
		let connected = connection.connected;
		const again = () => {
			if (connected) refetch?.();
			connected = true;
			if (topic === undefined) heard();
		};
		connection.on('connect', again);
		if (connected && topic === undefined) heard();
		// Each its own, so that it can be taken out again
		const answered = () => heard();
		if (topic !== undefined) join(connection, topic, answered);
		stop = () => {
			events.off(name, listener);
			connection.off('connect', again);
			if (topic !== undefined) leave(connection, topic, answered);
		};
	});
	return () => {
		stopped = true;
		stop?.();
	};
}

function join(connection: AppSocket, topic: string, heard: () => void): void {
	const listeners = topics.get(topic) ?? new Set();
	topics.set(topic, listeners.add(heard));
	if (connection.connected) {
		connection.emit('subscribe', topic, () => {
			if (listeners.has(heard)) heard();
		});
	}
}

function leave(connection: AppSocket, topic: string, heard: () => void): void {
	const listeners = topics.get(topic);
	listeners?.delete(heard);
	if (listeners === undefined || listeners.size > 0) return;
	topics.delete(topic);
	if (connection.connected) connection.emit('unsubscribe', topic, () => {});
}

/** After signing in or out: the handshake must carry the new session cookie. */
export async function reconnect(): Promise<void> {
	if (connecting === undefined) return;
	const connection = await connecting;
	connection.disconnect().connect();
}
