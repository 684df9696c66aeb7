import type { Boundaries, MembersStatistics, ProgrammeStatistics, SeriesStatistics } from '$contract/statistics.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { membersQuery, readView } from '$lib/statistics/address.ts';
import { STATISTICS } from '$lib/statistics/live.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends, parent }) => {
	depends(STATISTICS);
	const view = readView(url.searchParams);
	const { actor } = await parent();
	const { get } = api(fetch);
	// Who coordinates reads her own Province whatever the filters are
	const mine = actor?.abilities.coordinate || actor?.abilities.administer;
	const [programme, members, everybody, boundaries] = await orErrorPage(
		url,
		Promise.all([
			get<ProgrammeStatistics>('/statistics/programme'),
			get<MembersStatistics>('/statistics/members', membersQuery(view)),
			mine ? get<MembersStatistics>('/statistics/members') : null,
			// Where nobody has imported any, the tiles are the map
			view.mappa === 'confini' ? get<Boundaries>('/statistics/boundaries').catch(() => null) : null
		])
	);
	const exact = everybody?.items.filter((member) => member.exact) ?? [];
	const member = exact.find(({ istatCode }) => istatCode === view.provincia)?.id ?? '';
	const series = await orErrorPage(url, get<SeriesStatistics>('/statistics/series', { area: view.ambito, member }));
	return { view, programme, members, own: exact.filter(({ own }) => own), boundaries, series, exactForAll: exact.length > 0 && exact.length === everybody?.items.length };
};
