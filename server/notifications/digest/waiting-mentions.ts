import { HEARS_CHANNEL } from '../../channels/find-places.ts';
import type { DigestSection } from './section.ts';
import { takeIn, type WaitingNotice } from './take-in.ts';

const WORDS = { it: 'Nelle chat', en: 'In the chats' };

interface Row extends WaitingNotice {
  network_id: string | null;
}

/** Who named her in a chat and waits for this digest, unread and still hers to read; in one digest only. */
export const waitingMentions: DigestSection = async (tx, { id, language, due }) => {
  const { rows } = await tx.raw<{ rows: Row[] }>(
    `select x.id, x.kind, x.params, x.link, x.network_id from channel_mentions k
       join notices x on x.key = 'channel:' || k.channel_id || ':' || k.sequence || ':' || k.person_id join channel_messages s on s.channel_id = k.channel_id and s.sequence = k.sequence
       join channels c on c.id = k.channel_id left join editions ed on ed.id = c.edition_id
      where k.person_id = :id and x.digest = any(:due) and x.digested_at is null and x.read_at is null and s.hidden_at is null and ${HEARS_CHANNEL('k.person_id')}
      order by x.id desc for update of x`,
    { id, due },
  );
  if (rows.length === 0) return undefined;
  return {
    title: WORDS[language],
    items: await takeIn(tx, rows, language),
    networkIds: rows.flatMap(({ network_id }) => (network_id ? [network_id] : [])),
  };
};
