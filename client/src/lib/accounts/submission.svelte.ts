import { ApiProblem, type FormProblem, noFormProblem, problemToForm } from '$lib/api.ts';

/** One form being sent: what is wrong with it, and whether it is on its way. */
export class Submission {
	problem = $state.raw<FormProblem>(noFormProblem);
	busy = $state(false);
	/** The API's stable code of the last refusal. */
	code = $state('');

	/**
	 * Sends, unless it is already on its way or something that can be seen here is wrong: all of that is then shown at once.
	 * @param mistakes by field, as `check` gives them.
	 * @returns whether it was done.
	 */
	async run(work: () => Promise<void>, mistakes: Mistake[] = []): Promise<boolean> {
		if (this.busy) return false;
		if (mistakes.length > 0) {
			this.problem = { fields: Object.fromEntries(mistakes.map(({ field, message }) => [field, message])), summary: mistakes };
			return false;
		}
		this.busy = true;
		this.code = '';
		try {
			await work();
			this.problem = noFormProblem;
			return true;
		} catch (caught) {
			this.problem = problemToForm(caught);
			this.code = caught instanceof ApiProblem ? caught.code : '';
			return false;
		} finally {
			this.busy = false;
		}
	}

	/** As before anything was sent. */
	reset() {
		this.problem = noFormProblem;
		this.code = '';
	}

	error = (field: string): string | undefined => this.problem.fields[field];
}

export interface Mistake {
	field: string;
	message: string;
}

/** `[field, wrong?, message]` for each rule that can be seen without the server; the wrong ones, in order. */
export const check = (...rules: [field: string, wrong: boolean, message: string][]): Mistake[] =>
	rules.flatMap(([field, wrong, message]) => (wrong ? [{ field, message }] : []));
