import { belongs, levelOf } from '../../community/reach.ts';
import type { DigestSection } from './section.ts';
import { takeIn, type WaitingNotice } from './take-in.ts';

interface Row extends WaitingNotice {
  network_id: string;
}

const WORDS = { it: 'Per te', en: 'For you' };

/** Notices that waited for this digest, unread and still hers to read: mentions, replies to her, what she follows. They are in one digest only. */
export const waitingNotices: DigestSection = async (tx, { id, language, due }) => {
  const { rows } = await tx.raw<{ rows: Row[] }>(
    `select x.id, x.kind, x.params, x.link, x.network_id from notices x join threads t on t.id = x.thread_id
      where x.person_id = :id and x.digest = any(:due) and x.digested_at is null and x.read_at is null and t.deleted_at is null
        and ${belongs(':id', 't.network_id')} and coalesce(${levelOf(':id')}, 'normal') <> 'muted'
      order by x.id desc for update of x`,
    { id, due },
  );
  if (rows.length === 0) return undefined;
  return {
    title: WORDS[language],
    items: await takeIn(tx, rows, language),
    networkIds: rows.map((row) => row.network_id),
  };
};
