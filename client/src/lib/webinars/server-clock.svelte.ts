/** The server's time, running on in the browser: a wrong clock of the computer does no harm. */
export class ServerClock {
	/** Milliseconds since 1970. */
	now = $state(0);
	#offset = 0;

	constructor(serverTime: string) {
		this.now = new Date(serverTime).getTime();
	}

	/** Starts from what the server just said. @returns how to stop. */
	start(serverTime: string): () => void {
		this.#offset = new Date(serverTime).getTime() - Date.now();
		const tick = () => (this.now = Date.now() + this.#offset);
		tick();
		const timer = setInterval(tick, 1000);
		return () => clearInterval(timer);
	}
}
