/** What a post says, without its markup: one line a block. In the browser only. */
export function plainText(html: string): string {
	const { body } = new DOMParser().parseFromString(html, 'text/html');
	for (const line of body.querySelectorAll('br')) line.replaceWith('\n');
	for (const cell of body.querySelectorAll('td, th')) cell.append('\t');
	for (const block of body.querySelectorAll('p, li, h3, h4, tr, blockquote, pre, hr')) block.append('\n');
	return (body.textContent ?? '').replaceAll(/[ \t]*\n[\s]*/g, '\n').trim();
}
