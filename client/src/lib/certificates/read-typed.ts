/**
 * What was put into the box: a number, or the whole address that a QR code holds. An address keeps its signed part, which the page of the
 * certificate then verifies.
 */
export function verificationPath(typed: string): string {
	const [address = '', signed] = typed.trim().split('#');
	const number = /\/verifica\/([^/?]+)/.exec(address)?.[1] ?? address;
	return `/verifica/${encodeURIComponent(number.slice(0, 40) || '-')}${signed?.startsWith('p1.') ? `#${signed}` : ''}`;
}
