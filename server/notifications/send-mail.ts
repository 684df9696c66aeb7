import type { Tx } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import type { Language } from '../http/actor.ts';
import { enqueue } from '../jobs.ts';
import { composeMail, type MailParts } from './compose-mail.ts';
import type { NoticeKind, NoticeParams } from './texts.ts';

export interface MailOrder {
  /** The cause: the same key never mails twice. */
  key: string;
  person: { id: string; email: string; language: Language };
  kind: NoticeKind;
  params: NoticeParams;
  /** Absolute. */
  url: string;
  parts?: MailParts;
  envelope?: Envelope;
}

/** An iCalendar entry, and what is asked of who gets it. */
export interface Calendar {
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  content: string;
}

/** How a mail travels. */
export interface Envelope {
  headers?: Record<string, string>;
  /** Of the community: delivered only while she is in all of these networks and wants its mails. */
  networkIds?: string[];
  /** Not delivered once she has read this notice. */
  noticeId?: string;
  /** The end of her quiet hours. */
  heldUntil?: Date | null;
  calendar?: Calendar;
}

/** Writes the mail and the job that delivers it into the transaction. @returns whether it is new. */
export async function sendMail(tx: Tx, { key, person, kind, params, url, parts, envelope = {} }: MailOrder): Promise<boolean> {
  const { subject, text, html } = composeMail(kind, person.language, params, url, parts);
  const { headers = {}, networkIds = [], noticeId = null, heldUntil = null, calendar } = envelope;
  const [mail] = (await tx('mails')
    .insert({ key, person_id: person.id, to_address: person.email, subject, body_text: text, body_html: html, headers: JSON.stringify(headers), network_ids: networkIds, notice_id: noticeId, calendar: calendar ? JSON.stringify(calendar) : null })
    .onConflict('key').ignore().returning('id')) as { id: string }[];
  if (!mail) return false;
  await enqueue(tx, 'deliver-mail', { mailId: mail.id }, heldUntil ? { delayMs: Math.max(0, heldUntil.getTime() - clock.now().getTime()) } : {});
  return true;
}

/** Whether nothing was mailed for this cause yet. */
export async function mailIsNew(tx: Tx, key: string): Promise<boolean> {
  return (await tx('mails').where({ key }).first('id')) === undefined;
}
