import { reserved } from '$lib/accounts/reserved.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = ({ url, parent }) => reserved(url, parent, ({ administer }) => administer);
