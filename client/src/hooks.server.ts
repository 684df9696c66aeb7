import { randomUUID } from 'node:crypto';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit';
import { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import {
	baseLocale,
	isLocale,
	overwriteServerAsyncLocalStorage,
	type Locale
} from '$lib/paraglide/runtime.js';

const COOKIE = 'lingua';
const FOUR_HUNDRED_DAYS = 400 * 24 * 60 * 60;

// Each request has its own language, however many are rendered at once.
const languageOfRequest = new AsyncLocalStorage<{
	locale?: Locale;
	origin?: string;
	messageCalls?: Set<string>;
}>();
overwriteServerAsyncLocalStorage(languageOfRequest);

/** `?lingua=en` on any page chooses the language, with or without JavaScript, and comes back to the same page. */
export const handle: Handle = ({ event, resolve }) => {
	const chosen = event.url.searchParams.get(COOKIE);
	if (isLocale(chosen) && event.request.method === 'GET' && !event.isDataRequest) {
		const cookie = event.cookies.serialize(COOKIE, chosen, {
			path: '/',
			maxAge: FOUR_HUNDRED_DAYS,
			sameSite: 'lax',
			httpOnly: true,
			secure: false // a preference, not a secret: it must also hold on an intranet without TLS
		});
		const clean = new URL(event.url);
		clean.searchParams.delete(COOKIE);
		const location = `/${clean.pathname.replace(/^\/+/, '')}${clean.search}`;
		return new Response(null, { status: 303, headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' } });
	}

	const locale =
		event.platform?.req.pico?.language ??
		localeOr(event.cookies.get(COOKIE)) ??
		preferred(event.request.headers.get('accept-language')) ??
		baseLocale;
	return languageOfRequest.run({ locale, origin: event.url.origin, messageCalls: new Set() }, async () => {
		const response = await resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lingua%', locale),
			filterSerializedResponseHeaders: (name) => name === 'content-type',
			preload: ({ type, path }) =>
				type === 'js' || type === 'css' || (type === 'font' && /-(regular|600)\..*woff2$/.test(path) && path.includes('titillium'))
		});
		// A page shows who is signed in, and in their language: no shared cache may keep it.
		if (response.headers.get('content-type')?.startsWith('text/html')) {
			response.headers.set('cache-control', 'private, no-cache');
		}
		return response;
	});
};

/** A page's request to the API never leaves the process; under `vite dev` it goes through Vite's proxy. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
	const url = new URL(request.url);
	if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request);
	// In the process it is known already who asks, and in which language
	const inProcess = event.platform?.req.pico?.fetch;
	if (inProcess) return inProcess(request);
	const headers = new Headers(request.headers);
	for (const name of ['cookie', 'accept-language', 'user-agent']) {
		const value = event.request.headers.get(name);
		if (value !== null) headers.set(name, value);
	}
	return globalThis.fetch(new Request(request, { headers }));
};

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (error instanceof ApiProblem) {
		return { message: error.message, requestId: error.requestId ?? idOf(event), code: error.code };
	}
	const requestId = idOf(event);
	if (status !== 404) console.error(JSON.stringify({ level: 'error', requestId, path: event.url.pathname, error: describe(error) }));
	return { message: status === 404 ? m.ui_error_not_found() : m.ui_error_unexpected(), requestId };
};

function idOf(event: { platform: Readonly<App.Platform> | undefined }): string {
	return event.platform?.req.pico?.requestId ?? randomUUID();
}

function describe(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function localeOr(value: string | undefined): Locale | undefined {
	return isLocale(value) ? value : undefined;
}

/** The first of our languages in the browser's list, which is in practice in order of preference. */
function preferred(header: string | null): Locale | undefined {
	for (const part of (header ?? '').split(',')) {
		const tag = part.trim().slice(0, 2).toLowerCase();
		if (isLocale(tag)) return tag;
	}
	return undefined;
}
