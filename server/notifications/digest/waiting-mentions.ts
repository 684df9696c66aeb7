import { HEARS_CHANNEL } from '../../channels/find-places.ts';
import { config } from '../../config.ts';
import { clock } from '../../gateways/clock.ts';
import { type NoticeParams, textOf } from '../texts.ts';
import { whyOf } from '../why.ts';
import type { DigestSection } from './section.ts';

const WORDS = { it: 'Nelle chat', en: 'In the chats' };
/** The newest ones; the page has them all. */
const MOST = 12;

interface Row {
  id: string;
  kind: string;
  params: NoticeParams;
  link: string;
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
  await tx('notices').whereIn('id', rows.map((row) => row.id)).update({ digested_at: clock.now() });
  return {
    title: WORDS[language],
    items: rows.slice(0, MOST).map(({ kind, params, link }) => ({ label: textOf(kind, language, params).title, note: whyOf(params, language)?.text ?? '', url: config.publicUrl + link })),
    networkIds: rows.flatMap(({ network_id }) => (network_id ? [network_id] : [])),
  };
};
