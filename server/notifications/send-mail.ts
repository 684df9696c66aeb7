import type { Tx } from '../database/transaction.ts';
import type { Language } from '../http/actor.ts';
import { enqueue } from '../jobs.ts';
import { composeMail } from './compose-mail.ts';
import type { NoticeKind, NoticeParams } from './texts.ts';

export interface MailOrder {
  /** The cause: the same key never mails twice. */
  key: string;
  person: { id: string; email: string; language: Language };
  kind: NoticeKind;
  params: NoticeParams;
  /** Absolute. */
  url: string;
}

/** Writes the mail and the job that delivers it into the transaction. @returns whether it is new. */
export async function sendMail(tx: Tx, { key, person, kind, params, url }: MailOrder): Promise<boolean> {
  const { subject, text, html } = composeMail(kind, person.language, params, url);
  const [mail] = (await tx('mails')
    .insert({ key, person_id: person.id, to_address: person.email, subject, body_text: text, body_html: html })
    .onConflict('key').ignore().returning('id')) as { id: string }[];
  if (!mail) return false;
  await enqueue(tx, 'deliver-mail', { mailId: mail.id });
  return true;
}

/** Whether nothing was mailed for this cause yet. */
export async function mailIsNew(tx: Tx, key: string): Promise<boolean> {
  return (await tx('mails').where({ key }).first('id')) === undefined;
}
