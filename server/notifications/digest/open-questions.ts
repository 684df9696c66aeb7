import { levelOf } from '../../community/reach.ts';
import { config } from '../../config.ts';
import { clock } from '../../gateways/clock.ts';
import type { Language } from '../../http/actor.ts';
import type { DigestSection } from './section.ts';

interface Row {
  number: number;
  title: string;
  key: string;
  network: string;
  network_id: string;
  replies: number;
  created_at: Date;
}

const MOST = 3;
/** Older ones have been seen by all who could help. */
const DAYS = { daily: 3, weekly: 30 };

const WORDS: Record<Language, { title: string; note: (network: string, day: string, replies: number) => string }> = {
  it: { title: 'Domande a cui puoi rispondere', note: (network, day, replies) => `${network}, chiesta il ${day}, ${replies === 0 ? 'ancora senza risposta' : replies === 1 ? '1 risposta, nessuna soluzione' : `${replies} risposte, nessuna soluzione`}` },
  en: { title: 'Questions that you can answer', note: (network, day, replies) => `${network}, asked on ${day}, ${replies === 0 ? 'no reply yet' : replies === 1 ? '1 reply, no solution' : `${replies} replies, no solution`}` },
};

/** Questions of others in her networks that nobody has solved: first those with tags on which she has written or that she follows, and those without any reply. */
export const openQuestions: DigestSection = async (tx, { id, language, settings, due }) => {
  const { suggestion } = settings.ways;
  if (suggestion === 'none' || !due.includes(suggestion)) return undefined;
  const since = new Date(clock.now().getTime() - DAYS[suggestion] * 24 * 3_600_000);
  const { rows } = await tx.raw<{ rows: Row[] }>(
    `with mine as (
       select distinct tag from (select unnest(k.tags) as tag from posts p join threads k on k.id = p.thread_id where p.author_id = :id and p.deleted_at is null
         union all select l.tag from notification_levels l where l.person_id = :id and l.tag is not null and l.level <> 'muted') tags)
     select t.number, t.title, n.key, n.name as network, n.id as network_id, t.last_sequence - t.moved_away - 1 as replies, t.created_at
       from threads t join networks n on n.id = t.network_id join network_members m on m.network_id = n.id and m.person_id = :id and m.status = 'active'
      where t.deleted_at is null and t.accepted_post_id is null and t.closed_at is null and n.archived_at is null and t.author_id <> :id and t.created_at >= :since
        and not exists (select from posts p where p.thread_id = t.id and p.author_id = :id) and coalesce(${levelOf(':id')}, 'normal') <> 'muted'
      order by (select count(*) from mine where mine.tag = any(t.tags)) desc, t.last_sequence > 1, t.created_at desc limit ${MOST}`,
    { id, since },
  );
  if (rows.length === 0) return undefined;
  const days = new Intl.DateTimeFormat(language, { timeZone: 'Europe/Rome', day: 'numeric', month: 'long' });
  const { title, note } = WORDS[language];
  return {
    title,
    items: rows.map((row) => ({ label: row.title, note: note(row.network, days.format(row.created_at), row.replies), url: `${config.publicUrl}/reti/${row.key}/discussioni/${row.number}` })),
    networkIds: rows.map(({ network_id }) => network_id),
  };
};
