import type { Submission } from './submission.svelte.ts';

/**
 * The secret of a link that came by mail. It stands after the hash, which only the browser sees and no server logs; a link to a field
 * of the same page must not lose it. Call `read` when the page stands and whenever the hash changes.
 */
export class MailLink {
	secret = '';
	/** Something was to be sent and the address held no secret: the link was cut, perhaps by the mail program. */
	incomplete = $state(false);
	private readonly submission: Submission;

	constructor(submission: Submission) {
		this.submission = submission;
	}

	read = () => {
		const found = new URLSearchParams(location.hash.slice(1)).get('codice') ?? '';
		if (found === '' || found === this.secret) return;
		this.secret = found;
		this.submission.reset();
	};

	/** @returns whether there is a secret to send; where there is none, the page says so. */
	ready(): boolean {
		this.incomplete = this.secret === '';
		return !this.incomplete;
	}
}
