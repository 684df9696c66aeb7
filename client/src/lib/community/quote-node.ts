import { Blockquote } from '@tiptap/extension-blockquote';
import { m } from '$lib/paraglide/messages.js';

/** A quote, and the post that it is of, if any. Whose words they are the server writes (server/community/quotes): here they stand above it by `data-label`. */
export const quote = Blockquote.extend({
	addAttributes: () => ({
		post: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('data-post'), renderHTML: ({ post }: { post?: string | null }) => (post ? { 'data-post': post } : {}) },
		author: {
			default: null,
			parseHTML: (element: HTMLElement) => element.querySelector(':scope > cite')?.textContent ?? null,
			renderHTML: ({ author }: { author?: string | null }) => (author ? { 'data-label': m.community_quote_by({ name: author }) } : {})
		}
	}),
	parseHTML: () => [{ tag: 'blockquote' }, { tag: 'blockquote > cite', ignore: true }]
});
