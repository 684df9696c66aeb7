import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '$contract/sockets.ts';

export type AppSocket = Socket<ServerToClient, ClientToServer>;

let connecting: Promise<AppSocket> | undefined;
/** How many listeners hang on each topic: asked for at the first, given up at the last. */
const topics = new Map<string, number>();

/**
 * The one live connection of this browser tab, opened when the first page asks for it. The library comes then
 * too, so that a page without live parts never loads it. Call it in the browser only (in `$effect` or `onMount`).
 */
export function socket(): Promise<AppSocket> {
	connecting ??= import('socket.io-client').then(({ io }) => {
		const connection: AppSocket = io('/app');
		// The server forgets a connection's topics when it breaks.
		connection.on('connect', () => {
			for (const topic of topics.keys()) connection.emit('subscribe', topic, () => {});
		});
		return connection;
	});
	return connecting;
}

interface Emitter<Listener> {
	on(name: string, listener: Listener): unknown;
	off(name: string, listener: Listener): unknown;
}

interface ListenOptions {
	/** The topic whose hints these are; none for what concerns the person. */
	topic?: string;
	/** Called after every reconnection: what was said meanwhile is lost, and the page asks for it again. */
	refetch?: () => void;
}

/**
 * Listens to one event until the returned function is called. The socket says "look again"; the API knows:
 *
 *     $effect(() => listen('notices:changed', ({ unread }) => (count = unread), { refetch: () => invalidate(ACTOR) }));
 */
export function listen<Name extends keyof ServerToClient>(
	name: Name,
	listener: ServerToClient[Name],
	{ topic, refetch }: ListenOptions = {}
): () => void {
	let stop: (() => void) | undefined;
	let stopped = false;
	void socket().then((connection) => {
		if (stopped) return;
		// socket.io-client types a listener by a literal event name; here the name is a type parameter.
		const events = connection as unknown as Emitter<ServerToClient[Name]>;
		events.on(name, listener);
		if (refetch) connection.io.on('reconnect', refetch);
		if (topic !== undefined) join(connection, topic);
		stop = () => {
			events.off(name, listener);
			if (refetch) connection.io.off('reconnect', refetch);
			if (topic !== undefined) leave(connection, topic);
		};
	});
	return () => {
		stopped = true;
		stop?.();
	};
}

function join(connection: AppSocket, topic: string): void {
	const listeners = topics.get(topic) ?? 0;
	topics.set(topic, listeners + 1);
	if (listeners === 0 && connection.connected) connection.emit('subscribe', topic, () => {});
}

function leave(connection: AppSocket, topic: string): void {
	const left = (topics.get(topic) ?? 1) - 1;
	if (left > 0) {
		topics.set(topic, left);
		return;
	}
	topics.delete(topic);
	if (connection.connected) connection.emit('unsubscribe', topic, () => {});
}

/** After signing in or out: the handshake must carry the new session cookie. */
export async function reconnect(): Promise<void> {
	if (connecting === undefined) return;
	const connection = await connecting;
	connection.disconnect().connect();
}
