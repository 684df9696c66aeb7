/** The secret of a link that came by mail: after `?codice=` (or `?t=`), or after the hash, which no server logs. */
export function mailSecret(url: URL): string {
	const inHash = url.hash.replace(/^#/, '').replace(/^(codice|t)=/, '');
	return url.searchParams.get('codice') ?? url.searchParams.get('t') ?? decodeURIComponent(inHash);
}
