import type { AnswerSaved, AttemptView } from '$contract/learning.ts';
import { api, ApiProblem } from '$lib/api.ts';
import { Leftovers } from './leftovers.ts';
import { problemText } from './words.ts';

/** `waiting`: it could not be sent, and will be tried again. `refused`: the server does not want it. */
export type SaveState = 'saving' | 'saved' | 'waiting' | 'refused';

interface Listeners {
	saved(answer: AnswerSaved): void;
	/** The attempt is closed: by time, or in another tab. */
	closed(): void;
}

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

/**
 * The answers of a running attempt. Each is sent as it is given, one at a time for each question and the last one only;
 * what cannot be sent is kept on the device, tried again, and outlives a reload.
 */
export class AnswerKeeper {
	readonly answers = $state<Record<string, string>>({});
	readonly states = $state<Record<string, SaveState>>({});
	/** Why the last one was refused, or must wait for the person (a session that ended). */
	problem = $state('');
	readonly answered = $derived(Object.keys(this.answers).length);
	readonly unsaved = $derived(Object.values(this.states).filter((state) => state !== 'saved').length);
	readonly waiting = $derived(Object.values(this.states).includes('waiting'));

	readonly #attemptId: string;
	readonly #listeners: Listeners;
	readonly #leftovers: Leftovers;
	/** What the server has. */
	readonly #kept = new Map<string, string>();
	readonly #sending = new Map<string, Promise<void>>();
	#retry: ReturnType<typeof setTimeout> | undefined;
	#pause = FIRST_RETRY_MS;
	#stopped = false;

	constructor(attempt: AttemptView, listeners: Listeners) {
		this.#attemptId = attempt.id;
		this.#listeners = listeners;
		this.#leftovers = new Leftovers(attempt.id);
		for (const { id, answer } of attempt.questions) {
			if (answer === null) continue;
			this.answers[id] = answer;
			this.states[id] = 'saved';
			this.#kept.set(id, answer);
		}
	}

	/** In the browser: what an earlier visit could not send is sent now. @returns how to stop. */
	start(): () => void {
		this.#stopped = false;
		const now = () => void this.flush();
		for (const [id, option] of this.#leftovers.read()) if (this.#kept.get(id) !== option) this.choose(id, option);
		addEventListener('online', now);
		return () => {
			this.#stopped = true;
			clearTimeout(this.#retry);
			removeEventListener('online', now);
		};
	}

	choose(questionId: string, option: string): void {
		this.answers[questionId] = option;
		this.#remember();
		void this.#send(questionId);
	}

	/** Sends what is not saved. @returns whether nothing is left to send; what the server refuses is not. */
	async flush(): Promise<boolean> {
		clearTimeout(this.#retry);
		await Promise.all(Object.keys(this.answers).map((id) => this.#send(id)));
		return !this.waiting;
	}

	/** The attempt is over: nothing is left to send. */
	forget(): void {
		this.#stopped = true;
		clearTimeout(this.#retry);
		this.#leftovers.write([]);
	}

	#send(questionId: string): Promise<void> {
		const running = this.#sending.get(questionId) ?? this.#sendAll(questionId).finally(() => this.#sending.delete(questionId));
		this.#sending.set(questionId, running);
		return running;
	}

	/** Until the server has what the person chose last: she may choose again meanwhile. */
	async #sendAll(questionId: string): Promise<void> {
		try {
			for (let option = this.answers[questionId]; option !== undefined && option !== this.#kept.get(questionId); option = this.answers[questionId]) {
				this.states[questionId] = 'saving';
				const saved = await api().put<AnswerSaved>(`/attempts/${this.#attemptId}/answers/${questionId}`, { option });
				this.#kept.set(questionId, option);
				this.#pause = FIRST_RETRY_MS;
				this.#listeners.saved(saved);
			}
			this.states[questionId] = 'saved';
			if (this.unsaved === 0) this.problem = '';
		} catch (problem) {
			this.#failed(questionId, problem);
		}
		this.#remember();
	}

	#failed(questionId: string, problem: unknown): void {
		if (problem instanceof ApiProblem && problem.code === 'attempt-closed') {
			this.states[questionId] = 'refused';
			this.#listeners.closed();
		} else if (isPassing(problem)) {
			this.states[questionId] = 'waiting';
			this.problem = problem instanceof ApiProblem && problem.status === 401 ? problem.message : '';
			this.#retryLater();
		} else {
			this.states[questionId] = 'refused';
			this.problem = problemText(problem);
		}
	}

	#retryLater(): void {
		if (this.#stopped) return;
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => void this.flush(), this.#pause);
		this.#pause = Math.min(this.#pause * 2, LAST_RETRY_MS);
	}

	#remember(): void {
		this.#leftovers.write(Object.entries(this.answers).filter(([id, option]) => this.#kept.get(id) !== option));
	}
}

/** No network, a server that restarts or is busy, a session to renew in another tab: later it may go well. */
function isPassing(problem: unknown): boolean {
	return problem instanceof ApiProblem && (problem.status >= 500 || [401, 408, 429].includes(problem.status));
}
