import type { RoomSlides as Told, ShownSlide, SlideDeck, SlidePage } from '$contract/slides.ts';
import { api, noFormProblem, type FormProblem, problemToForm } from '$lib/api.ts';

/** A page of a deck. */
export interface Place {
	deck: string;
	page: number;
}

export const pictureOf = (number: number, { deck, page }: Place, size: 'small' | 'medium' | 'large'): string => `/api/v1/webinars/${number}/slides/${deck}/pages/${page}/${size}`;

/** The slides of a room as this page shows them: what the presenter shows, or what one looks at by oneself. */
export class RoomSlides {
	decks = $state.raw<readonly SlideDeck[]>([]);
	shown = $state.raw<ShownSlide>({ sequence: 0, deck: null, page: null });
	presents = $state(false);
	/** What one has turned to by oneself; null: with the presenter. */
	own = $state.raw<Place | null>(null);
	pages = $state.raw<Readonly<Record<string, readonly SlidePage[]>>>({});
	problem = $state.raw<FormProblem>(noFormProblem);
	readonly followed = $derived.by((): Place | null => (this.shown.deck !== null && this.shown.page !== null ? { deck: this.shown.deck, page: this.shown.page } : null));
	readonly seen = $derived(this.own ?? this.followed);
	readonly deck = $derived(this.decks.find(({ id }) => id === this.seen?.deck));
	readonly words = $derived(this.pages[this.seen?.deck ?? '']?.find(({ number }) => number === this.seen?.page));
	/** How many pages there are to be seen of the deck. */
	readonly most = $derived(this.pages[this.seen?.deck ?? '']?.length ?? 0);
	/** What is to be shown once the answer before has come: who presses fast wants the last. */
	private wanted: Place | null | undefined;
	/** What was last pressed for, until it is shown: from there the next press goes on. */
	private going = $state.raw<Place>();
	private isAsking = false;

	constructor(readonly number: number) {}

	/** Asks what there is: at the beginning, and after a pause. */
	async look(): Promise<void> {
		const said = await api().get<Told>(`/webinars/${this.number}/slides`);
		this.take(said);
	}

	take({ decks, shown, abilities }: Told): void {
		this.decks = decks;
		this.presents = abilities.present;
		this.told(shown);
		const here = new Set(decks.map(({ id }) => id));
		if (this.own && !here.has(this.own.deck)) this.own = null;
	}

	/** Another page is shown. What comes late is old. */
	told(shown: ShownSlide): void {
		if (shown.sequence < this.shown.sequence) return;
		this.shown = { sequence: shown.sequence, deck: shown.deck, page: shown.page };
		// Its pages may have been drawn only now
		if (shown.deck !== null && !this.decks.some(({ id }) => id === shown.deck)) void this.look().catch(() => undefined);
		if (shown.deck !== null) void this.load(shown.deck);
	}

	/** The pages of a deck with their words; asked for again while more of them are being drawn. */
	async load(deck: string): Promise<void> {
		const drawn = this.decks.find(({ id }) => id === deck)?.drawn;
		if (this.pages[deck] && (drawn === undefined || this.pages[deck].length >= drawn)) return;
		const said = await api().get<{ items: SlidePage[] }>(`/webinars/${this.number}/slides/${deck}/pages`).catch(() => undefined);
		if (said) this.pages = { ...this.pages, [deck]: said.items };
	}

	/** Shows a page to everybody, or nothing. One question at a time; of what was pressed meanwhile, the last. */
	async show(place: Place | null): Promise<void> {
		this.own = null;
		this.wanted = place;
		this.going = place ?? undefined;
		if (this.isAsking) return;
		this.isAsking = true;
		try {
			while (this.wanted !== undefined) {
				const now: Place | null = this.wanted;
				this.wanted = undefined;
				this.told(await api().put<ShownSlide>(`/webinars/${this.number}/slides/shown`, now ?? { deck: null }));
			}
			this.problem = noFormProblem;
		} catch (caught) {
			this.wanted = undefined;
			this.problem = problemToForm(caught);
		} finally {
			this.isAsking = false;
			this.going = undefined;
		}
	}

	/** Turns to another page: for everybody, where one presents; else for oneself. */
	turn(to: number): void {
		const from = this.going ?? this.seen;
		if (!from) return;
		const place = { deck: from.deck, page: Math.max(1, Math.min(this.most, to)) };
		if (this.presents) void this.show(place);
		else this.own = place.deck === this.followed?.deck && place.page === this.followed.page ? null : place;
	}

	/** The page from which one turns on: the last that was pressed for, though its answer is still to come. */
	get at(): number {
		return (this.going ?? this.seen)?.page ?? 0;
	}
}
