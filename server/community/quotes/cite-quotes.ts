import { prepared } from '../../database/prepared.ts';
import { wordsOf } from '../clean-markup.ts';
import type { NamedMarkup } from '../mentions/name-mentions.ts';

/** So many sources are looked up; what is quoted beyond them is quoted without one. */
const MOST_SOURCES = 20;

const QUOTE = /<blockquote data-post="([0-9a-f-]{36})">/g;

interface Source {
  id: string;
  author: string;
  number: number;
  sequence: number;
  network_key: string;
}

/** Whoever reads what is written here may read them too: posts that stand, of this network or of one that everybody reads. */
const SOURCES = `select p.id, a.given_name || ' ' || a.family_name as author, t.number, p.sequence, n.key as network_key
  from posts p join people a on a.id = p.author_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id
 where p.id = any($1::uuid[]) and p.deleted_at is null and t.deleted_at is null and (n.id = $2::uuid or (n.reading = 'public' and n.archived_at is null))`;

/** Writes into each quote whose words it has and where they stand, whatever the browser called them; what may not be read here is quoted without its source. */
export async function citeQuotes(networkId: string, markup: NamedMarkup): Promise<NamedMarkup> {
  const ids = [...new Set([...markup.html.matchAll(QUOTE)].map(([, id = '']) => id))].slice(0, MOST_SOURCES);
  // As most posts: nothing to ask the database
  if (ids.length === 0) return markup;
  const sources = new Map((await prepared<Source>('quoted-posts', SOURCES, [ids, networkId])).map((source) => [source.id, source]));
  const html = markup.html.replaceAll(QUOTE, (tag, id: string) => {
    const source = sources.get(id);
    return source ? `${tag}<cite><a href="${addressOf(source)}">${escape(source.author)}</a></cite>` : '<blockquote>';
  });
  return { ...markup, html, words: wordsOf(html) };
}

const addressOf = ({ network_key, number, sequence }: Source): string => `/reti/${network_key}/discussioni/${number}?da=${sequence}#m${sequence}`;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
