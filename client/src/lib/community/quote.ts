import { plainText } from './plain-text.ts';

/** Where the words of a post begin and end on the page. */
const BODY = '.post-body';

/**
 * What of a post is quoted: what is selected in it, else all of it, without what it quotes itself. In the browser only.
 * @param article where it is shown.
 */
export function quoteOf(article: HTMLElement, { id, author }: { id: string; author: { name: string } }): string {
	const quoted = document.createElement('blockquote');
	quoted.dataset['post'] = id;
	quoted.append(selectionIn(article) ?? wholeOf(article));
	// Whose words those inside are the server writes anew
	for (const cite of quoted.querySelectorAll('cite')) cite.remove();
	const cite = document.createElement('cite');
	cite.textContent = author.name;
	quoted.prepend(cite);
	return quoted.outerHTML;
}

function selectionIn(article: HTMLElement): DocumentFragment | undefined {
	const selection = document.getSelection();
	const body = article.querySelector(BODY);
	if (!selection || !body || selection.isCollapsed || selection.rangeCount === 0) return undefined;
	const range = selection.getRangeAt(0);
	return body.contains(range.commonAncestorContainer) ? range.cloneContents() : undefined;
}

function wholeOf(article: HTMLElement): DocumentFragment {
	const whole = document.createDocumentFragment();
	const body = article.querySelector(BODY)?.cloneNode(true);
	if (!(body instanceof HTMLElement)) return whole;
	const own = [...body.children].filter((element) => element.tagName !== 'BLOCKQUOTE');
	whole.append(...(own.length > 0 ? own : body.childNodes));
	return whole;
}

/** Puts a quote where one can paste it into any editor of ours, with its source. */
export async function copyMarkup(html: string): Promise<void> {
	await navigator.clipboard.write([new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([plainText(html)], { type: 'text/plain' }) })]);
}
