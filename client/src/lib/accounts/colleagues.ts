import { bodyTitle } from '$contract/body-name.ts';
import type { BodyReference } from '$contract/territory.ts';
import { api } from '$lib/api.ts';
import type { Choice } from '$lib/ui/Combobox.svelte';

interface PeoplePage {
	items: { id: string; givenName: string; familyName: string; body: BodyReference | null }[];
	next: string | null;
}

const choiceOf = ({ id, givenName, familyName, body }: PeoplePage['items'][number]): Choice => ({ value: id, label: `${givenName} ${familyName}`, ...(body ? { detail: bodyTitle(body) } : {}) });

/** The people of a coordinator's bodies (of all, for UPI) whose name or address has these words. */
export async function searchColleagues(q: string): Promise<Choice[]> {
	return (await api().get<PeoplePage>('/people', { q, state: 'active', limit: 10 })).items.map(choiceOf);
}

/** All of them, at most so many. */
export async function allColleagues(most: number): Promise<Choice[]> {
	const found: Choice[] = [];
	let cursor: string | null = null;
	do {
		const page: PeoplePage = await api().get<PeoplePage>('/people', { state: 'active', limit: 100, cursor });
		found.push(...page.items.map(choiceOf));
		cursor = page.next;
	} while (cursor !== null && found.length < most);
	return found.slice(0, most);
}
