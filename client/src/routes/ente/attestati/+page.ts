import { loadCertificates } from '$lib/certificates/load-certificates.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ fetch, url }) => loadCertificates(fetch, url, 'body');
