import type { AuditEntry, PersonDetail } from '$contract/accounts.ts';
import { PERSON } from '$lib/accounts/keys.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(PERSON);
	const [person, audit] = await orErrorPage(
		url,
		Promise.all([
			api(fetch).get<PersonDetail>(`/people/${params.id}`),
			api(fetch).get<{ items: AuditEntry[]; next: string | null }>('/audit-entries', { personId: params.id, limit: 10 })
		])
	);
	return { person, audit };
};
