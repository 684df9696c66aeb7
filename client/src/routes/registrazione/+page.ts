import { onlySignedOut } from '$lib/accounts/only-signed-out.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url, parent }) => onlySignedOut(url, parent);
