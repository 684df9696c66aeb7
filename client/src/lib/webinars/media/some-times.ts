/** Allows something so often in a while, and then no more: a decoder that fails again and again is not begun again forever. */
export class SomeTimes {
	private at: number[] = [];

	constructor(
		private readonly most: number,
		private readonly withinMs: number
	) {}

	/** @param now ms. @returns whether it may be done once more; it then counts as done. */
	once(now: number): boolean {
		this.at = this.at.filter((before) => now - before < this.withinMs);
		if (this.at.length >= this.most) return false;
		this.at.push(now);
		return true;
	}
}
