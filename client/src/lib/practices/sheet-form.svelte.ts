import type { PracticeContent } from '$contract/practices.ts';
import { check, type Mistake } from '$lib/accounts/submission.svelte.ts';
import { m } from '$lib/paraglide/messages.js';

interface ResultRow {
	label: string;
	value: string;
	unit: string;
}

const EMPTY: PracticeContent = { title: '', tags: [], problem: '', solution: '', costEuro: null, costNote: '', staff: '', time: '', legalBasis: [], results: [], contact: '' };

/** A sheet as its form holds it: figures as they are typed. */
export class SheetForm {
	title = $state('');
	tags = $state<string[]>([]);
	problem = $state('');
	solution = $state('');
	cost = $state('');
	costNote = $state('');
	staff = $state('');
	time = $state('');
	legalBasis = $state<string[]>([]);
	results = $state<ResultRow[]>([]);
	contact = $state('');

	constructor(content: PracticeContent = EMPTY) {
		this.take(content);
	}

	/** Shows these words instead of what is typed. */
	take({ title, tags, problem, solution, costEuro, costNote, staff, time, legalBasis, results, contact }: PracticeContent) {
		Object.assign(this, { title, tags: [...tags], problem, solution, cost: costEuro === null ? '' : String(costEuro), costNote, staff, time, legalBasis: [...legalBasis], contact });
		this.results = results.map(({ label, value, unit }) => ({ label, value: String(value), unit }));
	}

	/** Lines in which nothing stands are none: so the server's mistakes fall beside the right ones. */
	tidy() {
		this.legalBasis = this.legalBasis.filter((reference) => reference.trim() !== '');
		this.results = this.results.filter(({ label, value, unit }) => [label, value, unit].some((part) => part.trim() !== ''));
	}

	/** What is wrong as far as this page can tell; call `tidy` before. */
	mistakes(): Mistake[] {
		return check(
			['title', this.title.trim().length < 8, m.practices_form_title_missing()],
			['costEuro', this.cost.trim() !== '' && !/^\d{1,10}$/.test(this.cost.trim()), m.practices_form_cost_bad()],
			...this.legalBasis.map((reference, index): [string, boolean, string] => [`legalBasis.${index}`, reference.trim().length < 3, m.practices_form_legal_short()]),
			...this.results.flatMap(({ label, value }, index): [string, boolean, string][] => [
				[`results.${index}.label`, label.trim().length < 2, m.practices_form_result_label_missing({ number: index + 1 })],
				[`results.${index}.value`, figure(value) === undefined, m.practices_form_result_value_missing({ number: index + 1 })]
			])
		);
	}

	/** As the API takes it; only where there are no mistakes. */
	content(): PracticeContent {
		const { title, tags, problem, solution, costNote, staff, time, legalBasis, contact } = this;
		return {
			title, tags: [...tags], problem, solution, costNote, staff, time, legalBasis: [...legalBasis], contact,
			costEuro: this.cost.trim() === '' ? null : Number(this.cost.trim()),
			results: this.results.map(({ label, value, unit }) => ({ label, value: figure(value) ?? 0, unit }))
		};
	}
}

/** «1.250,5» and «1250.5» alike, as people write figures here. */
function figure(typed: string): number | undefined {
	const text = typed.trim().replaceAll(/[\s’']/g, '');
	const plain = text.includes(',') ? text.replaceAll('.', '').replace(',', '.') : /^-?\d{1,3}(\.\d{3})+$/.test(text) ? text.replaceAll('.', '') : text;
	return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}
