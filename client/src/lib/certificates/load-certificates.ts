import type { CertificatePage } from '$contract/certificates.ts';
import type { z } from 'zod';
import { api, orErrorPage } from '$lib/api.ts';

export type CertificateList = z.output<typeof CertificatePage>;

/** The certificates of a scope, as the address asks: `?q=` a name or a number, `?cursor=` the page after. */
export async function loadCertificates(fetch: typeof globalThis.fetch, url: URL, scope: 'body' | 'all'): Promise<{ q: string; page: CertificateList }> {
	const q = url.searchParams.get('q')?.trim() ?? '';
	const cursor = url.searchParams.get('cursor');
	return { q, page: await orErrorPage(url, api(fetch).get<CertificateList>('/certificates', { scope, q: q === '' ? null : q, cursor })) };
}
