import type { Profile, Session } from '$contract/accounts.ts';
import type { PresenceSettings } from '$contract/community.ts';
import { PROFILE } from '$lib/accounts/keys.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ACTOR } from '$lib/session.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(PROFILE, ACTOR);
	const [profile, sessions, presence] = await orErrorPage(url, Promise.all([api(fetch).get<Profile>('/me/profile'), api(fetch).get<{ items: Session[] }>('/sessions'), api(fetch).get<PresenceSettings>('/presence-settings')]));
	return { profile, sessions: sessions.items, presence };
};
