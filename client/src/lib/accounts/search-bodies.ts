import { bodyTitle } from '$contract/body-name.ts';
import type { BodySummary } from '$contract/territory.ts';
import { api } from '$lib/api.ts';
import type { Choice } from '$lib/ui/Combobox.svelte';

/** Bodies for a <Combobox>, each with what tells it from its namesakes. */
export async function searchBodies(term: string): Promise<Choice[]> {
	const { items } = await api().get<{ items: BodySummary[] }>('/bodies', { q: term });
	return items.map((body) => ({
		value: body.id,
		label: bodyTitle(body),
		...(body.province || body.region ? { detail: [body.province && body.province.name !== body.name ? body.province.name : null, body.region].filter(Boolean).join(' · ') } : {})
	}));
}
