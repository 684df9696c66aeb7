import { error, redirect } from '@sveltejs/kit';
import type { Problem } from '$contract/problem.ts';
import { m } from '$lib/paraglide/messages.js';

/** One mistake in what was sent: `path` says where (`body.answers.0.text`). */
export type ProblemDetail = Problem['errors'][number];

/** What the API answers when it refuses (RFC 9457), as an exception. `code` is stable: decide on it, not on the text. */
export class ApiProblem extends Error {
	override readonly name = 'ApiProblem';
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly errors: readonly ProblemDetail[] = [],
		readonly requestId?: string
	) {
		super(message);
	}
}

export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;
type Fetch = typeof globalThis.fetch;

/**
 * The API for this page. `path` is below /api/v1. In `load` pass the event's own fetch, so that the server
 * answers without a network and the browser does not ask again:
 *
 *     const course = await api(fetch).get<CourseView>(`/courses/${id}`);
 */
export function api(fetch: Fetch = globalThis.fetch) {
	return {
		get: <T>(path: string, query?: Query) => send<T>(fetch, 'GET', path, undefined, query),
		post: <T = void>(path: string, body?: unknown, query?: Query) => send<T>(fetch, 'POST', path, body, query),
		put: <T = void>(path: string, body?: unknown, query?: Query) => send<T>(fetch, 'PUT', path, body, query),
		patch: <T = void>(path: string, body?: unknown, query?: Query) => send<T>(fetch, 'PATCH', path, body, query),
		delete: <T = void>(path: string, query?: Query) => send<T>(fetch, 'DELETE', path, undefined, query),
		/** What comes bit by bit, for as long as nobody cuts it. */
		stream: (path: string, cut: AbortSignal) => stream(fetch, path, cut)
	};
}

async function send<T>(fetch: Fetch, method: string, path: string, body?: unknown, query?: Query): Promise<T> {
	// These say of what type they are
	const isForm = body instanceof FormData || body instanceof Blob;
	let response: Response;
	try {
		response = await fetch(`/api/v1${path}${search(query)}`, {
			method,
			headers: {
				accept: 'application/json',
				...(body === undefined || isForm ? {} : { 'content-type': 'application/json' })
			},
			...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) })
		});
	} catch {
		throw new ApiProblem(503, 'network_unreachable', m.ui_error_network());
	}
	const content = await read(response);
	if (!response.ok) throw problemFrom(response.status, content);
	return content as T; // the contract's word: the server checks what leaves against the same schema
}

async function stream(fetch: Fetch, path: string, cut: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>> {
	const response = await fetch(`/api/v1${path}`, { signal: cut, cache: 'no-store' }).catch(() => undefined);
	if (!response) throw new ApiProblem(503, 'network_unreachable', m.ui_error_network());
	if (!response.ok || !response.body) throw problemFrom(response.status, await read(response));
	return response.body.getReader();
}

async function read(response: Response): Promise<unknown> {
	const text = response.status === 204 ? '' : await response.text();
	return text !== '' && (response.headers.get('content-type') ?? '').includes('json') ? parse(text) : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function search(query: Query = {}): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value === null || value === undefined || value === '') continue;
		for (const one of typeof value === 'object' ? value : [value]) parameters.append(name, String(one));
	}
	const text = parameters.toString();
	return text === '' ? '' : `?${text}`;
}

function problemFrom(status: number, content: unknown): ApiProblem {
	const problem = isRecord(content) ? content : {};
	const text = (name: string) => {
		const value = problem[name];
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const errors = Array.isArray(problem['errors']) ? problem['errors'].filter(isDetail) : [];
	const message = text('detail') ?? text('title') ?? m.ui_error_unexpected();
	return new ApiProblem(status, text('code') ?? 'unknown', message, errors, text('requestId'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isDetail(value: unknown): value is ProblemDetail {
	return isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
}

/** A refusal, laid out for a form: `fields[name]` beside each field, `summary` for <ErrorSummary> above them. */
export interface FormProblem {
	fields: Record<string, string>;
	summary: { field?: string; message: string }[];
}

export const noFormProblem: FormProblem = { fields: {}, summary: [] };

/** What to say where something alone was tried, not a form: the first thing that is wrong. */
export const wordsOf = (problem: unknown): string => (problem instanceof ApiProblem ? (problem.errors[0]?.message ?? problem.message) : m.ui_error_unexpected());

/** Whether the same would be refused again: it is forbidden, gone or wrong; neither the line nor the moment. */
export const isRefused = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500 && problem.status !== 408 && problem.status !== 429;

/** Whatever a submission threw becomes something to show; what the form kept stays as it was typed. */
export function problemToForm(problem: unknown): FormProblem {
	if (!(problem instanceof ApiProblem)) {
		return { fields: {}, summary: [{ message: m.ui_error_unexpected() }] };
	}
	if (problem.errors.length === 0) return { fields: {}, summary: [{ message: problem.message }] };
	const fields: Record<string, string> = {};
	const summary = problem.errors.map(({ path, message }) => {
		const field = fieldOf(path);
		if (field === '') return { message };
		fields[field] ??= message;
		return { field, message };
	});
	return { fields, summary };
}

/** The name of the field: the path without the part of the request that it was sent in. */
function fieldOf(path: string): string {
	return path.replace(/^(body|query|params)(\.|$)/, '');
}

/**
 * For `load`: waits for the API and turns a refusal into the right page. Not signed in goes to sign in and comes
 * back here; forbidden, not found and the rest show the error page with their own status.
 *
 *     export const load: PageLoad = async ({ fetch, url, params }) => ({
 *       course: await orErrorPage(url, api(fetch).get<CourseView>(`/courses/${params.id}`))
 *     });
 */
export async function orErrorPage<T>(url: URL, answer: Promise<T>): Promise<T> {
	try {
		return await answer;
	} catch (problem) {
		if (!(problem instanceof ApiProblem)) throw problem;
		if (problem.status === 401) redirect(303, signInHref(url));
		error(problem.status >= 400 ? problem.status : 500, {
			message: problem.message,
			...(problem.requestId === undefined ? {} : { requestId: problem.requestId }),
			code: problem.code
		});
	}
}

/** The sign-in page, which comes back to where the person was. */
export function signInHref(url: URL): string {
	return `/accedi?ritorno=${encodeURIComponent(url.pathname + url.search)}`;
}

/** Where `ritorno` leads: only ever to a page of ours. */
export function returnTarget(url: URL, otherwise = '/'): string {
	const wanted = url.searchParams.get('ritorno');
	if (wanted === null) return otherwise;
	const target = URL.canParse(wanted, url) ? new URL(wanted, url) : undefined;
	return target?.origin === url.origin ? target.pathname + target.search : otherwise;
}
