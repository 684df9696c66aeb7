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
  conversation_id: string;
  sequence: number;
  author_id: string;
  author: string;
  reader_id: string;
  read_sequence: number;
}

const KIND = 'direct-message';
const linkOf = (conversationId: string) => `/messaggi/${conversationId}`;
const CHANGE = { it: 'Scegli come ricevere gli avvisi', en: 'Choose how notices reach you' };

/** A message waits a little before its reader is told: who has the conversation open has read it by then. */
export async function tellMessageLater({ messageId }: EventPayload<'message.sent'>): Promise<void> {
  await transaction((tx) => enqueue(tx, 'tell-message', { messageId }, { delayMs: config.noticeHoldMs }));
}

/**
 * Tells its reader of a message, by the way that she has chosen: once until she has looked, however many come. What it says is in no mail: mails are kept, and read by others.
 */
export async function tellMessage({ messageId }: { messageId: string }): Promise<void> {
  await transaction(async (tx) => {
    const place = (await tx('direct_messages').where('id', messageId).first('conversation_id')) as { conversation_id: string } | undefined;
    if (!place) return;
    await oneByOne(tx, place.conversation_id);
    const facts = await factsOf(tx, messageId);
    if (!facts || facts.read_sequence >= facts.sequence) return;
    const { conversation_id, author, author_id, reader_id, sequence } = facts;
    const link = linkOf(conversation_id);
    if (await tx('notices').where({ person_id: reader_id, kind: KIND, link }).whereNull('read_at').first('id')) return;
    const settings = await settingsOf(tx, reader_id);
    const way = settings.mails ? settings.ways.message : 'none';
    const params = { person: author, personId: author_id, why: 'message' };
    await notify(tx, {
      personId: reader_id, kind: KIND, key: `direct:${conversation_id}:${sequence}:${reader_id}`, params, link,
      community: {
        networkId: null, threadId: null, digest: way === 'daily' || way === 'weekly' ? way : null,
        mail: way !== 'now' ? null : async (person) => {
          const { links, headers } = await unsubscribeLinks(person, [{ kind: 'all' }]);
          return {
            parts: { why: whyOf(params, person.language)?.text ?? '', links: [{ label: CHANGE[person.language], url: `${config.publicUrl}/profilo/notifiche` }, ...links] },
            envelope: { heldUntil: quietUntil(settings, clock.now()), headers },
          };
        },
      },
    });
  });
}

/** Who has read a conversation knows: its notices are read, and a mail that has not left yet does not leave. */
export async function readMessageNotices({ conversationId, personId }: EventPayload<'conversation.read'>): Promise<void> {
  await transaction(async (tx) => {
    await oneByOne(tx, conversationId);
    // What came after she read is not read by that
    const read = await tx('notices').where({ person_id: personId, kind: KIND, link: linkOf(conversationId) }).whereNull('read_at')
      .whereNotExists(tx('conversation_people as m').join('conversations as c', 'c.id', 'm.conversation_id').where({ 'm.conversation_id': conversationId, 'm.person_id': personId }).whereRaw('c.last_sequence > m.read_sequence').select(tx.raw('1'))).update({ read_at: clock.now() });
    if (read > 0) publish(tx, roomOf.person(personId), 'notices:changed', { unread: await countUnread(tx, personId) });
  });
}

/** One message of a conversation after the other, so that two at once do not both find nobody told; nor is somebody told of what she reads at this moment. */
const oneByOne = (tx: Tx, conversationId: string) => tx.raw("select pg_advisory_xact_lock(hashtextextended('tell:' || ?::text, 0))", [conversationId]);

/** Nothing where its reader has blocked its author meanwhile. */
async function factsOf(tx: Tx, messageId: string): Promise<Facts | undefined> {
  const { rows } = await tx.raw<{ rows: Facts[] }>(
    `select x.conversation_id, x.sequence, x.author_id, a.given_name || ' ' || a.family_name as author, m.person_id as reader_id, m.read_sequence
       from direct_messages x join people a on a.id = x.author_id join conversation_people m on m.conversation_id = x.conversation_id and m.person_id <> x.author_id
      where x.id = ? and not exists (select from person_blocks b where b.person_id = m.person_id and b.blocked_id = x.author_id)`,
    [messageId],
  );
  return rows[0];
}
