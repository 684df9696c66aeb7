/** "acordo" and "accordo" are 0.86 alike, "sogla" and "soglia" 0.67. */
const ALIKE = 0.6;

/**
 * Near misses, the same everywhere: each word that was typed is alike to one of `column`, wherever it stands; the longest one is looked up in the trigram index.
 * @param column words as `plain` makes them. @param words the parameter with those that were typed
 */
export const nearIn = (column: string, words: string) => ({
  from: `(select plain(w) as typed from unnest(${words}::text[]) w order by length(w) desc limit 1) longest`,
  match: `${column} %> longest.typed and not exists (select from unnest(${words}::text[]) w where word_similarity(plain(w), ${column}) < ${ALIKE})`,
  /** Below every rank of an exact match. */
  rank: `((select avg(word_similarity(plain(w), ${column})) from unnest(${words}::text[]) w) - 2)`,
});
