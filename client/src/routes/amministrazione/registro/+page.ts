import type { AuditEntry } from '$contract/accounts.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const load: PageLoad = async ({ fetch, url }) => {
	const asked = url.searchParams.get('persona') ?? '';
	const personId = UUID.test(asked) ? asked : undefined;
	return {
		personId,
		page: await orErrorPage(url, api(fetch).get<{ items: AuditEntry[]; next: string | null }>('/audit-entries', { personId, cursor: url.searchParams.get('cursor') }))
	};
};
