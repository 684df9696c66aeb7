import { rewritePost } from '../../community/rewrite-post.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import type { Forgetter } from './forgetter.ts';

interface Row {
  id: string;
  html: string;
  own: boolean;
  /** Searched with the first post. */
  title: string;
  /** Posts of hers that it quotes. */
  quoted: string[];
}

const AT_ONCE = 100;

/** Threads in which she wrote or is named, what was split off from them, and those in which somebody quotes her. */
const PLACES = `
  with hers as (select distinct thread_id from posts where author_id = :id union select p.thread_id from post_mentions m join posts p on p.id = m.post_id where m.person_id = :id),
  places as (
    select thread_id from hers union select n.thread_id from thread_notes n join hers on hers.thread_id = n.from_thread_id
    union select q.thread_id from posts q where q.html like '%<blockquote data-post="%' and exists (select from posts a where a.author_id = :id and strpos(q.html, 'data-post="' || a.id || '"') > 0))`;

/** The posts of hers that a text quotes. */
const quoted = (html: string): string => `array(select a.id from posts a where a.author_id = :id and ${html} like '%<blockquote data-post="%' and strpos(${html}, 'data-post="' || a.id || '"') > 0)`;

/** Posts that she wrote, that name her, or that stand beside hers in a thread: there she is quoted and thanked. */
const FIND = `${PLACES}
  select x.id, x.html, x.author_id = :id as own, case when x.sequence = 1 then t.title else '' end as title, ${quoted('x.html')} as quoted
    from places join posts x using (thread_id) join threads t on t.id = x.thread_id
   where x.id > :after and lower(x.html) like any(:likes) order by x.id limit ${AT_ONCE} for update of x`;

const FIND_VERSIONS = `${PLACES}
  select x.id, x.html, p.author_id = :id as own, '' as title, ${quoted('x.html')} as quoted from places join posts p using (thread_id) join post_versions x on x.post_id = p.id
   where x.id > :after and lower(x.html) like any(:likes) order by x.id limit ${AT_ONCE}`;

/**
 * Takes a person out of what she and others wrote in threads.
 * @param unique false where somebody else of the same name is here: then what others wrote may mean her, and only what names this one with @ or quotes her is changed.
 */
export async function forgetInPosts(personId: string, forgetter: Forgetter, unique: boolean): Promise<void> {
  const changed = ({ html, own, quoted }: Row): string => (own || unique ? forgetter.forget(html) : forgetter.forgetQuotes(forgetter.forgetMentions(html), quoted));
  await eachOf(FIND, personId, forgetter, async (tx, row) => {
    const html = changed(row);
    if (html !== row.html) await rewritePost(tx, row.id, html, row.title);
  });
  await eachOf(FIND_VERSIONS, personId, forgetter, async (tx, row) => {
    const html = changed(row);
    if (html !== row.html) await tx('post_versions').where('id', row.id).update({ html });
  });
}

const FIRST = '00000000-0000-0000-0000-000000000000';

/** A transaction for every hundred: a kill loses at most one of them, and what was done is found done. */
async function eachOf(sql: string, id: string, { likes }: Forgetter, act: (tx: Tx, row: Row) => Promise<void>): Promise<void> {
  for (let after: string | undefined = FIRST; after !== undefined;) {
    const from: string = after;
    after = await transaction(async (tx) => {
      await tx.raw("set local pico.forgetting = 'on'");
      const { rows } = await tx.raw<{ rows: Row[] }>(sql, { id, after: from, likes });
      for (const row of rows) await act(tx, row);
      return rows.length === AT_ONCE ? rows.at(-1)?.id : undefined;
    });
  }
}
