/** The secret of a link that came by mail: after the hash, which no server logs, or in the query; empty where there is none. */
export function mailSecret(url: URL): string {
	const afterHash = new URLSearchParams(url.hash.slice(1));
	return afterHash.get('codice') ?? afterHash.get('t') ?? url.searchParams.get('codice') ?? url.searchParams.get('t') ?? '';
}
