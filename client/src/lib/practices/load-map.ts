import type { Boundaries, ProgrammeStatistics } from '$contract/statistics.ts';
import { api } from '$lib/api.ts';

/** For `load`: whether there are real boundaries, and the boundaries themselves where the address asks for them. Without any, the tiles are the map. */
export async function loadMap(fetch: typeof globalThis.fetch, search: URLSearchParams): Promise<{ real: boolean; boundaries: Boundaries | null }> {
	const { get } = api(fetch);
	const [programme, boundaries] = await Promise.all([
		get<ProgrammeStatistics>('/statistics/programme').catch(() => null),
		search.get('mappa') === 'confini' ? get<Boundaries>('/statistics/boundaries').catch(() => null) : null
	]);
	return { real: programme?.boundaries ?? false, boundaries };
}
