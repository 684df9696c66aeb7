import { database } from '../../database/connection.ts';
import { CHAPTER_SOURCES, secondsOf } from '../recording/chapters.ts';

interface Change {
  sequence: number;
  deck_id: string;
  page: number;
  at: Date;
  words: string;
}

/** As much of a page's text as a line of a list holds. */
const TITLE = 80;

/** The pages that were shown, since when: what was on show as the recording began stands at its beginning. */
CHAPTER_SOURCES.push(async (found) => {
  const { rows } = await database().raw<{ rows: Change[] }>(
    `select c.sequence, c.deck_id, c.page, c.at, coalesce(p.words, '') as words from slide_changes c left join slide_pages p on p.deck_id = c.deck_id and p.number = c.page
      where c.webinar_id = ? and c.deck_id is not null order by c.sequence limit 5000`, [found.webinar.id]);
  const first = rows.findLastIndex(({ at }) => secondsOf(found, at) <= 0);
  return rows.slice(Math.max(0, first)).map(({ sequence, deck_id: deck, page, at, words }) => ({
    id: `s${sequence}`, seconds: Math.max(0, secondsOf(found, at)), title: titleOf(words, page), kind: 'slide' as const,
    image: `/api/v1/webinars/${found.webinar.number}/slides/${deck}/pages/${page}/medium`, words: words || null, removable: false,
  }));
});

/** The first line of a page, as its name. */
function titleOf(words: string, page: number): string {
  const line = words.split('\n').find((one) => one.trim() !== '')?.trim() ?? '';
  return line ? `${page}. ${line.slice(0, TITLE)}` : String(page);
}
