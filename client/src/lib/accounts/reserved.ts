import { error, redirect } from '@sveltejs/kit';
import { signInHref } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Actor } from '$lib/session.ts';

/** For the `load` of a reserved part of the site: the sign-in page, or the error page with what is missing. The server judges again. */
export async function reserved(url: URL, parent: () => Promise<{ actor: Actor | null }>, may: (abilities: Actor['abilities']) => boolean): Promise<void> {
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	if (!may(actor.abilities)) error(403, { message: m.accounts_reserved(), code: 'forbidden' });
}
