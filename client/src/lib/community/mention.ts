import { mergeAttributes } from '@tiptap/core';
import Mention from '@tiptap/extension-mention';
import type { Author } from '$contract/community.ts';

/** What is open while somebody types a name after @. */
export interface NameList {
	people: readonly Author[];
	/** The one that Enter takes. */
	at: number;
	choose: (person: Author) => void;
}

export interface Naming {
	search: (words: string) => Promise<readonly Author[]>;
	/** null: nothing is open any more. */
	show: (list: NameList | null) => void;
}

/** A person who is named in a post: the server writes her name, whatever stands here (server/community/mentions). */
export function mention({ search, show }: Naming) {
	return Mention.extend({
		addAttributes: () => ({
			id: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('data-person'), renderHTML: ({ id }: { id?: string }) => ({ 'data-person': id }) },
			label: { default: '', parseHTML: (element: HTMLElement) => (element.textContent ?? '').replace(/^@/, ''), rendered: false }
		}),
		parseHTML: () => [{ tag: 'span[data-person]' }],
		renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes), `@${String(node.attrs['label'])}`],
		renderText: ({ node }) => `@${String(node.attrs['label'])}`
	}).configure({
		suggestion: {
			char: '@',
			items: async ({ query }): Promise<Author[]> => (query.trim() === '' ? [] : [...(await search(query.trim()).catch(() => []))]),
			render: () => names(show)
		}
	});
}

interface Offer {
	items: Author[];
	command: (person: { id: string; label: string }) => void;
}

/** The list below the text: arrows go along, Enter and Tab take, Escape leaves. */
function names(show: Naming['show']) {
	let list: NameList | null = null;
	const open = ({ items, command }: Offer) => {
		list = items.length === 0 ? null : { people: items, at: 0, choose: ({ id, name }) => command({ id, label: name }) };
		show(list);
	};
	const close = () => {
		list = null;
		show(null);
	};
	return {
		onStart: open,
		onUpdate: open,
		onExit: close,
		onKeyDown({ event }: { event: KeyboardEvent }): boolean {
			if (list === null) return false;
			const { people, at } = list;
			const person = people[at];
			if (event.key === 'Escape') close();
			else if (event.key === 'Enter' && person) list.choose(person);
			else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
				list = { ...list, at: (at + (event.key === 'ArrowDown' ? 1 : people.length - 1)) % people.length };
				show(list);
			} else return false;
			event.preventDefault();
			return true;
		}
	};
}
