import type { Profile, Session } from '$contract/accounts.ts';
import type { PresenceSettings } from '$contract/community.ts';
import type { Expertise } from '$contract/experts.ts';
import type { DataExportState } from '$contract/privacy.ts';
import { PROFILE } from '$lib/accounts/keys.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { EXPERTISE } from '$lib/experts/keys.ts';
import { COPY } from '$lib/privacy/keys.ts';
import { ACTOR } from '$lib/session.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(PROFILE, ACTOR, EXPERTISE, COPY);
	const [profile, sessions, presence, expertise, copy] = await orErrorPage(url, Promise.all([
		api(fetch).get<Profile>('/me/profile'), api(fetch).get<{ items: Session[] }>('/sessions'), api(fetch).get<PresenceSettings>('/presence-settings'), api(fetch).get<Expertise>('/me/expertise'), api(fetch).get<DataExportState>('/me/data-exports')
	]));
	return { profile, sessions: sessions.items, presence, expertise, copy };
};
