import type { Post } from '$contract/community.ts';

/** The posts that a moderator is choosing for a thread of their own: kept while she turns the pages. In the browser only. */
class SplitChoice {
	/** The thread in which she chooses; null: she does not. */
	number = $state<number | null>(null);
	private chosen = $state.raw<ReadonlyMap<string, number>>(new Map());

	get ids(): string[] {
		return [...this.chosen.keys()];
	}
	get size(): number {
		return this.chosen.size;
	}

	begin(number: number): void {
		this.number = number;
		this.chosen = new Map();
	}

	end(): void {
		this.number = null;
		this.chosen = new Map();
	}

	has(id: string): boolean {
		return this.chosen.has(id);
	}

	toggle({ id, sequence }: Pick<Post, 'id' | 'sequence'>): void {
		const next = new Map(this.chosen);
		if (!next.delete(id)) next.set(id, sequence);
		this.chosen = next;
	}
}

export const splitChoice = new SplitChoice();
