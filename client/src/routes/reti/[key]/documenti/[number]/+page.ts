import { error } from '@sveltejs/kit';
import type { DocumentView } from '$contract/documents.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { DOCUMENTS } from '$lib/documents/keys.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(DOCUMENTS);
	const document = await orErrorPage(url, api(fetch).get<DocumentView>(`/documents/${encodeURIComponent(params.number)}`));
	if (document.network.key !== params.key) error(404, { message: m.ui_error_not_found() });
	return { document };
};
