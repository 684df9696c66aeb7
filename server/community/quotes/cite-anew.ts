import type { Tx } from '../../database/transaction.ts';
import { withoutCites, wordsOf } from '../clean-markup.ts';
import { rewritePost } from '../rewrite-post.ts';
import { citeQuotes } from './cite-quotes.ts';

interface Quoting {
  id: string;
  html: string;
  title: string;
}

const QUOTING = "like '%<blockquote data-post=%'";

/**
 * Asks anew whose words posts quote, after they came into another network: what its readers may not read is quoted without its source from then on, also in
 * what the posts said before.
 */
export async function citeAnew(tx: Tx, postIds: string[], networkId: string): Promise<void> {
  const cited = async ({ html }: Quoting) => (await citeQuotes(networkId, { ...withoutCites({ html, words: wordsOf(html) }), mentioned: [] })).html;
  const { rows: posts } = await tx.raw<{ rows: Quoting[] }>(`select p.id, p.html, case when p.sequence = 1 then t.title else '' end as title from posts p join threads t on t.id = p.thread_id where p.id = any(?) and p.html ${QUOTING}`, [postIds]);
  for (const post of posts) {
    const html = await cited(post);
    if (html !== post.html) await rewritePost(tx, post.id, html, post.title);
  }
  const { rows: versions } = await tx.raw<{ rows: Quoting[] }>(`select id, html, '' as title from post_versions where post_id = any(?) and html ${QUOTING}`, [postIds]);
  if (versions.length === 0) return;
  await tx.raw("set local pico.forgetting = 'on'");
  for (const version of versions) await tx('post_versions').where('id', version.id).update({ html: await cited(version) });
  await tx.raw("set local pico.forgetting = 'off'");
}
