import { HEARS_CHANNEL } from '../channels/find-places.ts';
import { config } from '../config.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import type { EventPayload } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { enqueue } from '../jobs.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { countUnread, notify } from './notify.ts';
import { quietUntil } from './settings/quiet-hours.ts';
import { settingsOf } from './settings/settings.ts';
import { unsubscribeLinks } from './unsubscribe/unsubscribe-token.ts';
import { whyOf } from './why.ts';

interface Facts {
  place: string;
  title: string;
  network_id: string | null;
  author_id: string;
  author: string;
  person_id: string;
}

const KIND = 'channel-mention';
const linkOf = (place: string, sequence: number) => `/chat/${place}?da=${sequence}`;
const CHANGE = { it: 'Scegli come ricevere gli avvisi', en: 'Choose how notices reach you' };

/** Who is named in a channel is told a little later: who is looking at it has read it by then. */
export async function tellNamedLater({ channelId, sequence }: EventPayload<'channel.named'>): Promise<void> {
  await transaction((tx) => enqueue(tx, 'tell-named', { channelId, sequence }, { delayMs: config.noticeHoldMs }));
}

/** Tells those whom a message names, by the way that each has chosen, and who are still in the channel; not who has read it, nor of a message that was taken away. */
export async function tellNamed({ channelId, sequence }: { channelId: string; sequence: number }): Promise<void> {
  await transaction(async (tx) => {
    await oneByOne(tx, channelId);
    for (const { place, title, network_id, author_id, author, person_id } of await factsOf(tx, channelId, sequence)) {
      const settings = await settingsOf(tx, person_id);
      const way = settings.mails ? settings.ways.mention : 'none';
      const params = { person: author, personId: author_id, channel: title, why: 'named-in-chat' };
      await notify(tx, {
        personId: person_id, kind: KIND, key: `channel:${channelId}:${sequence}:${person_id}`, params, link: linkOf(place, sequence),
        community: {
          networkId: network_id, threadId: null, digest: way === 'daily' || way === 'weekly' ? way : null,
          mail: way !== 'now' ? null : async (person) => {
            const { links, headers } = await unsubscribeLinks(person, [{ kind: 'all' }]);
            return {
              parts: { why: whyOf(params, person.language)?.text ?? '', links: [{ label: CHANGE[person.language], url: `${config.publicUrl}/profilo/notifiche` }, ...links] },
              envelope: { heldUntil: quietUntil(settings, clock.now()), headers },
            };
          },
        },
      });
    }
  });
}

/** Who has read a channel knows where she was named: those notices are read. */
export async function readChannelNotices({ channelId, personId }: EventPayload<'channel.read'>): Promise<void> {
  await transaction(async (tx) => {
    await oneByOne(tx, channelId);
    const { rows } = await tx.raw<{ rows: { id: string }[] }>(
      `update notices n set read_at = :now from channel_mentions k join channel_readings r on r.channel_id = k.channel_id and r.person_id = k.person_id and r.sequence >= k.sequence
        where k.channel_id = :channel and k.person_id = :person and n.key = 'channel:' || k.channel_id || ':' || k.sequence || ':' || k.person_id and n.read_at is null returning n.id`,
      { now: clock.now(), channel: channelId, person: personId },
    );
    if (rows.length > 0) publish(tx, roomOf.person(personId), 'notices:changed', { unread: await countUnread(tx, personId) });
  });
}

/** One telling or reading of a channel after the other, so that nobody is told of what she reads at this moment. */
const oneByOne = (tx: Tx, channelId: string) => tx.raw("select pg_advisory_xact_lock(hashtextextended('tell:' || ?::text, 0))", [channelId]);

async function factsOf(tx: Tx, channelId: string, sequence: number): Promise<Facts[]> {
  const { rows } = await tx.raw<{ rows: Facts[] }>(
    `select coalesce('rete-' || n.key, 'edizione-' || ed.id) as place, coalesce(n.name, v.title) as title, c.network_id, x.author_id, a.given_name || ' ' || a.family_name as author, k.person_id
       from channel_mentions k join channel_messages x on x.channel_id = k.channel_id and x.sequence = k.sequence join channels c on c.id = k.channel_id join people a on a.id = x.author_id
            left join networks n on n.id = c.network_id left join editions ed on ed.id = c.edition_id left join course_versions v on v.id = ed.version_id
      where k.channel_id = :channel and k.sequence = :sequence and x.hidden_at is null
        and not exists (select from channel_readings r where r.channel_id = k.channel_id and r.person_id = k.person_id and r.sequence >= k.sequence)
        and ${HEARS_CHANNEL('k.person_id')} order by k.person_id`,
    { channel: channelId, sequence },
  );
  return rows;
}
