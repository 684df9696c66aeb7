import { config } from '../config.ts';
import type { Tx } from '../database/transaction.ts';
import type { Language } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { sendMail } from './send-mail.ts';
import type { NoticeKind, NoticeParams } from './texts.ts';

export interface NoticeOrder {
  personId: string;
  kind: NoticeKind;
  /** The cause: the same key never notifies twice, whatever is retried. */
  key: string;
  params: NoticeParams;
  /** A path of ours. */
  link: string;
}

/** Tells a person, in the page and by mail, once. A suspended person is not told. */
export async function notify(tx: Tx, { personId, kind, key, params, link }: NoticeOrder): Promise<void> {
  const person = (await tx('people').where('id', personId).whereNull('suspended_at').first('id', 'email', 'language')) as { id: string; email: string; language: Language } | undefined;
  if (!person) return;
  const [notice] = (await tx('notices').insert({ person_id: personId, kind, key, params: JSON.stringify(params), link }).onConflict('key').ignore().returning('id')) as { id: string }[];
  if (!notice) return;
  await sendMail(tx, { key, person, kind, params, url: config.publicUrl + link });
  publish(tx, roomOf.person(personId), 'notices:changed', { unread: await countUnread(tx, personId) });
}

export async function countUnread(tx: Tx, personId: string): Promise<number> {
  const row = (await tx('notices').where('person_id', personId).whereNull('read_at').count({ unread: '*' }).first()) as { unread: number } | undefined;
  return row?.unread ?? 0;
}
