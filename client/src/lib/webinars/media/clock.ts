/** The clock that all in a room share: the server's, as far as a few round trips can tell. */
export class SessionClock {
	private offset = 0;
	private bestTrip = Infinity;

	/** @param server what the server's clock said (ms), @param asked and @param answered when we asked and heard it (ms, ours). The quickest answer is believed. */
	learn(server: number, asked: number, answered: number): void {
		const trip = answered - asked;
		if (trip > this.bestTrip) return;
		this.bestTrip = trip;
		this.offset = server - (asked + trip / 2);
	}

	/** Microseconds of the session's clock, now. */
	now(): number {
		return (ownNow() + this.offset) * 1000;
	}
}

/** Ms since the epoch, steadily: the machine's clock may be set while we look. */
export const ownNow = (): number => performance.timeOrigin + performance.now();
