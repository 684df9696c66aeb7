import { mailsLeave } from '$lib/accounts/mail-service.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({ mailsLeave: await mailsLeave(fetch) });
