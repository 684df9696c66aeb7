import { redirect } from '@sveltejs/kit';
import { returnTarget } from '$lib/api.ts';
import type { Actor } from '$lib/session.ts';

/** For `load`: who is signed in has nothing to do on this page, and goes where `ritorno` says. */
export async function onlySignedOut(url: URL, parent: () => Promise<{ actor: Actor | null }>): Promise<void> {
	if ((await parent()).actor) redirect(303, returnTarget(url));
}
