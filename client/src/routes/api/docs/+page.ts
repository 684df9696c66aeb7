import { error } from '@sveltejs/kit';
import type { Document } from '$lib/portal/openapi.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const answer = await fetch('/api/openapi.json');
	if (!answer.ok) error(answer.status);
	return { document: (await answer.json()) as Document, filter: url.searchParams.get('q') ?? '' };
};
