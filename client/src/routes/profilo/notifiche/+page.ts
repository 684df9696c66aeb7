import type { FollowedPlaces, NotificationSettings } from '$contract/notifications.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { FOLLOWED } from '$lib/notifications/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(FOLLOWED);
	const [settings, followed] = await orErrorPage(url, Promise.all([api(fetch).get<NotificationSettings>('/notification-settings'), api(fetch).get<FollowedPlaces>('/notice-levels')]));
	return { settings, followed: followed.items };
};
