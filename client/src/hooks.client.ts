import type { HandleClientError } from '@sveltejs/kit';
import { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { baseLocale, isLocale, overwriteGetLocale } from '$lib/paraglide/runtime.js';

// The server has chosen the language of the page; whatever it was chosen by, the browser goes on in it.
const language = document.documentElement.lang;
const locale = isLocale(language) ? language : baseLocale;
overwriteGetLocale(() => locale);

export const handleError: HandleClientError = ({ error, status }) => {
	if (error instanceof ApiProblem) {
		return { message: error.message, requestId: error.requestId, code: error.code };
	}
	console.error(error);
	return { message: status === 404 ? m.ui_error_not_found() : m.ui_error_unexpected() };
};
