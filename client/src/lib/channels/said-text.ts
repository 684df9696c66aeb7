import { linkedText, type TextPiece } from '../talk/linked-text.ts';

/** A piece of a message: words, an address, or a person who is named. */
export interface SaidPiece extends TextPiece {
	person?: string;
}

/** A message in pieces: addresses, and the names of those whom it names after an @. */
export function saidText(text: string, named: readonly { id: string; name: string }[]): SaidPiece[] {
	return linkedText(text).flatMap((piece): SaidPiece[] => (piece.href || named.length === 0 ? [piece] : namesIn(piece.text, named)));
}

function namesIn(text: string, named: readonly { id: string; name: string }[]): SaidPiece[] {
	const pieces: SaidPiece[] = [];
	let rest = text;
	while (rest !== '') {
		// The first that comes; of two that begin there the longer one
		const found = named
			.map((person) => ({ person, at: rest.indexOf(`@${person.name}`) }))
			.filter(({ at }) => at >= 0)
			.sort((a, b) => a.at - b.at || b.person.name.length - a.person.name.length)[0];
		if (!found) break;
		if (found.at > 0) pieces.push({ text: rest.slice(0, found.at) });
		pieces.push({ text: `@${found.person.name}`, person: found.person.id });
		rest = rest.slice(found.at + found.person.name.length + 1);
	}
	return rest === '' ? pieces : [...pieces, { text: rest }];
}
