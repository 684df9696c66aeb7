/** A plain text in pieces: what is the address of a page, and what is not. */
export interface TextPiece {
	text: string;
	href?: string;
}

/** Without the full stop or the bracket that ends the sentence it stands in. */
const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}’']/g;

export function linkedText(text: string): TextPiece[] {
	const pieces: TextPiece[] = [];
	let end = 0;
	for (const match of text.matchAll(ADDRESS)) {
		if (!URL.canParse(match[0])) continue;
		if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
		pieces.push({ text: match[0], href: match[0] });
		end = match.index + match[0].length;
	}
	if (end < text.length) pieces.push({ text: text.slice(end) });
	return pieces;
}
