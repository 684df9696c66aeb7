import type { Ack } from '$contract/sockets.ts';
import { socket } from '$lib/socket.ts';

/**
 * Is in a room without its pictures and sound, for as long as the returned function is not called: who follows what is written and shown is present all the same.
 * @param told whether one may, after every connection.
 */
export function followRoom(number: number, told: (answer: Ack) => void): () => void {
	let hasStopped = false;
	let stop: (() => void) | undefined;
	void socket().then((connection) => {
		if (hasStopped) return;
		const enter = () => connection.emit('attend', number, (answer) => hasStopped || told(answer));
		connection.on('connect', enter);
		if (connection.connected) enter();
		stop = () => {
			connection.off('connect', enter);
			connection.emit('unattend', number);
		};
	});
	return () => {
		hasStopped = true;
		stop?.();
	};
}
