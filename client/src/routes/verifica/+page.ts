import { redirect } from '@sveltejs/kit';
import { verificationPath } from '$lib/certificates/read-typed.ts';
import type { PageLoad } from './$types';

/** The form sends the number here, also without JavaScript; every certificate has an address of its own. */
export const load: PageLoad = ({ url }) => {
	const code = url.searchParams.get('codice')?.trim();
	if (code) redirect(303, verificationPath(code));
};
