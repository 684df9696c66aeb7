/** "acordo" and "accordo" are 0.86 alike, "sogla" and "soglia" 0.67. */
const ALIKE = 0.6;

/** Whether each word that was typed is alike to one of `column`, wherever it stands. */
export const alikeIn = (column: string, words: string): string => `not exists (select from unnest(${words}::text[]) w where word_similarity(plain(w), ${column}) < ${ALIKE})`;

/**
 * Near misses, the same everywhere: `alikeIn`, the longest word looked up in the trigram index.
 * @param column words as `plain` makes them. @param words the parameter with those that were typed
 */
export const nearIn = (column: string, words: string) => ({
  from: `(select plain(w) as typed from unnest(${words}::text[]) w order by length(w) desc limit 1) longest`,
  match: `${column} %> longest.typed and ${alikeIn(column, words)}`,
  /** Below every rank of an exact match. */
  rank: `((select avg(word_similarity(plain(w), ${column})) from unnest(${words}::text[]) w) - 2)`,
});
