import { config } from '../config.ts';
import type { Tx } from '../database/transaction.ts';
import type { Language } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import type { MailParts } from './compose-mail.ts';
import { type Calendar, type Envelope, sendMail } from './send-mail.ts';
import type { NoticeKind, NoticeParams } from './texts.ts';

export interface Told {
  id: string;
  email: string;
  language: Language;
}

export interface NoticeOrder {
  personId: string;
  kind: NoticeKind;
  /** The cause: the same key never notifies twice, whatever is retried. */
  key: string;
  params: NoticeParams;
  /** A path of ours. */
  link: string;
  /** An entry for her calendar, that goes with the mail. */
  calendar?: Calendar;
  /** Of the community: where it happened (null: between two people), the digest that it waits for, and what its mail says besides; no mail where it is null. */
  community?: { networkId: string | null; threadId: string | null; digest: 'daily' | 'weekly' | null; mail: ((person: Told) => Promise<{ parts: MailParts; envelope: Envelope }>) | null };
}

/** Tells a person, in the page and by mail, once. A suspended person is not told. */
export async function notify(tx: Tx, { personId, kind, key, params, link, calendar, community }: NoticeOrder): Promise<void> {
  const person = (await tx('people').where('id', personId).whereNull('suspended_at').first('id', 'email', 'language')) as Told | undefined;
  if (!person) return;
  const place = community ? { network_id: community.networkId, thread_id: community.threadId, digest: community.digest } : {};
  const [notice] = (await tx('notices').insert({ person_id: personId, kind, key, params: JSON.stringify(params), link, ...place }).onConflict('key').ignore().returning('id')) as { id: string }[];
  if (!notice) return;
  const order = { key, person, kind, params, url: config.publicUrl + link };
  if (!community) await sendMail(tx, calendar ? { ...order, envelope: { calendar } } : order);
  else if (community.mail) {
    const { parts, envelope } = await community.mail(person);
    await sendMail(tx, { ...order, parts, envelope: { ...envelope, networkIds: community.networkId === null ? [] : [community.networkId], noticeId: notice.id } });
  }
  publish(tx, roomOf.person(personId), 'notices:changed', { unread: await countUnread(tx, personId) });
}

export async function countUnread(tx: Tx, personId: string): Promise<number> {
  const row = (await tx('notices').where('person_id', personId).whereNull('read_at').count({ unread: '*' }).first()) as { unread: number } | undefined;
  return row?.unread ?? 0;
}
