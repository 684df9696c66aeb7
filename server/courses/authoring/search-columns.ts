import type { Knex } from 'knex';
import type { Tx } from '../../database/transaction.ts';
import type { CourseContent } from './content.ts';
import { parseMarkdown, plainText } from './markdown.ts';

/** What the catalogue finds a course by: the title weighs most, the text of the lessons least. Near misses are looked for in all but that text. */
export async function searchColumns(tx: Tx, { manifest, lessons }: CourseContent): Promise<{ search: Knex.Raw; search_words: Knex.Raw }> {
  const area = (await tx('areas').where({ code: manifest.area }).first('name_it', 'name_en')) as { name_it: string; name_en: string };
  const about = [manifest.summary, ...manifest.objectives, area.name_it, area.name_en].join('. ');
  const titles = lessons.map(({ head }) => head.title).join('. ');
  const text = lessons.map(({ body }) => plainText(parseMarkdown(body))).join(' ');
  return {
    search: tx.raw(['A', 'B', 'C', 'D'].map((weight) => `setweight(to_tsvector('italian_plain', ?), '${weight}')`).join(' || '), [manifest.title, about, titles, text]),
    search_words: tx.raw('plain(?)', [[manifest.title, about, titles].join('. ')]),
  };
}

/** Ways of searching may improve while the content stays: those of a version are brought up to date, the rest of it never changes. */
export async function refreshSearch(tx: Tx, versionId: string, content: CourseContent): Promise<void> {
  const { search, search_words: words } = await searchColumns(tx, content);
  await tx('course_versions').where({ id: versionId }).whereRaw('(search, search_words) is distinct from (?, ?)', [search, words]).update({ search, search_words: words });
}
