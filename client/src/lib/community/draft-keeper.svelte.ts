import type { Draft, DraftState } from '$contract/drafts.ts';
import { api, ApiProblem } from '$lib/api.ts';
import { newId } from './drafts.ts';

export interface Words {
	title: string;
	tags: string[];
	html: string;
}

/** What this tab knows of the draft on the server: kept with what is typed, so that a reload goes on from there. */
export interface Kept {
	version: number;
	/** Whether the server has all that is typed. */
	saved: boolean;
}

const EMPTY: Words = { title: '', tags: [], html: '' };
const isEmpty = ({ title, tags, html }: Words): boolean => title === '' && tags.length === 0 && html === '';
const isSame = (one: Words, other: Words): boolean => one.title === other.title && one.html === other.html && one.tags.join('\n') === other.tags.join('\n');

/** Somebody who pauses that long has written something worth keeping. */
const AFTER_MS = 1500;
/** What could not be saved is tried again. */
const AGAIN_MS = 10_000;

/**
 * Keeps what somebody is writing on the server, a moment after each pause: the same on every device. One save at a time; what another window of hers wrote
 * and this one had not seen comes back in `others`.
 */
export class DraftKeeper {
	others = $state.raw<Draft['others']>([]);
	kept = $state.raw<Kept>({ version: 0, saved: true });
	/** When the server last had all of it; null: it has not, or there is nothing. */
	savedAt = $state.raw<string | null>(null);
	private id: string | undefined;
	private words: Words = EMPTY;
	/** As the server has it. */
	private known: Words = EMPTY;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private saving: Promise<void> | undefined;
	private paused = false;
	private opened = false;
	/** What the server does not take: not sent again as it is. */
	private refused: Words = EMPTY;
	/** Of this page alone: a tab that is doubled is another one. */
	private readonly device = newId();
	private readonly path: string;

	/** @param path of the draft, below the API. */
	constructor(path: string) {
		this.path = path;
	}

	/** Asks what is there. @param local what this tab had. @returns what should stand in the editor instead, if anything else. */
	async open(local: { words: Words; kept?: Kept | undefined } | undefined): Promise<Words | undefined> {
		this.kept = local?.kept ?? { version: 0, saved: local === undefined };
		const typed = local?.words ?? EMPTY;
		this.words = typed;
		const { draft } = await api().get<DraftState>(this.path);
		this.opened = true;
		this.others = draft?.others ?? [];
		this.id = draft?.id;
		// Typed while we asked, or not yet saved when this tab was left: it goes on from what it knew
		if (!this.kept.saved || !isSame(this.words, typed)) {
			this.known = EMPTY;
			this.note(this.words);
			return undefined;
		}
		const found = draft ? { title: draft.title, tags: draft.tags, html: draft.html } : EMPTY;
		this.known = this.words = found;
		this.savedAt = draft?.changedAt ?? null;
		this.kept = { ...this.kept, version: draft?.version ?? 0, saved: true };
		return isSame(found, typed) ? undefined : found;
	}

	/** What stands in the editor now. */
	note(words: Words): void {
		this.words = words;
		const saved = isSame(words, this.known);
		if (saved !== this.kept.saved) this.kept = { ...this.kept, saved };
		if (!saved) this.savedAt = null;
		if (!this.opened || this.paused || this.saving || saved) return;
		this.later(AFTER_MS);
	}

	/** What waits is saved now: the window is left. */
	readonly flush = (): void => {
		if (this.timer === undefined) return;
		this.later(0);
	};

	/** Back in this window: another one may have written meanwhile. @returns what should stand in the editor instead, if anything else. */
	async refresh(): Promise<Words | undefined> {
		if (!this.opened || this.paused || this.saving || !this.kept.saved) return undefined;
		return this.open({ words: this.words, kept: this.kept }).catch(() => undefined);
	}

	/** It is being sent: nothing is saved until that is over. @returns the version that goes with it; nothing where there is none. */
	async pause(): Promise<number | undefined> {
		this.paused = true;
		clearTimeout(this.timer);
		this.timer = undefined;
		await this.saving;
		return this.id === undefined ? undefined : this.kept.version;
	}

	/** @param sent whether it has arrived: then the draft is gone, and what another window wrote beside has taken its place. @returns what should stand in the editor, if anything. */
	async resume(sent: boolean): Promise<Words | undefined> {
		this.paused = false;
		if (sent) {
			const beside = this.others.length > 0;
			this.id = undefined;
			this.known = EMPTY;
			this.others = [];
			this.savedAt = null;
			this.kept = { version: 0, saved: isEmpty(this.words) };
			if (beside && isEmpty(this.words)) return this.open(undefined).catch(() => undefined);
		}
		this.note(this.words);
		return undefined;
	}

	/** The words of another window are not needed, or have been taken over. */
	async dropOther(id: string): Promise<void> {
		if (this.id !== undefined) await api().delete(`/drafts/${this.id}/others/${id}`);
		this.others = this.others.filter((other) => other.id !== id);
	}

	private later(ms: number): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => {
			this.timer = undefined;
			this.saving = this.save().finally(() => {
				this.saving = undefined;
				// Typed meanwhile
				if (!isSame(this.words, this.known) && !isSame(this.words, this.refused) && !this.paused && this.timer === undefined) this.later(AFTER_MS);
			});
		}, ms);
	}

	private async save(): Promise<void> {
		const words = this.words;
		try {
			if (isEmpty(words) && this.others.length === 0) {
				if (this.id !== undefined) await api().delete(`/drafts/${this.id}`).catch(gone);
				this.id = undefined;
				this.kept = { ...this.kept, version: 0 };
			} else {
				const { draft } = await api().put<DraftState>(this.path, { ...words, version: this.kept.version, device: this.device });
				this.id = draft?.id;
				this.others = draft?.others ?? [];
				this.savedAt = draft?.changedAt ?? null;
				this.kept = { ...this.kept, version: draft?.version ?? 0 };
			}
			this.known = words;
			this.kept = { ...this.kept, saved: isSame(this.words, words) };
		} catch (problem) {
			// It is still in this tab; whatever was wrong may have passed by then
			if (problem instanceof ApiProblem && problem.status < 500 && problem.status !== 429) this.refused = words;
			else this.later(AGAIN_MS);
		}
	}
}

/** Thrown away in another window. */
function gone(problem: unknown): void {
	if (!(problem instanceof ApiProblem && problem.status === 404)) throw problem;
}
