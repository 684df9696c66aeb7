import { belongs } from '../community/reach.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { mailGateway } from '../gateways/mail.ts';
import type { Calendar } from './send-mail.ts';

interface Row {
  id: string;
  to_address: string;
  subject: string;
  body_text: string;
  body_html: string;
  headers: Record<string, string>;
  calendar: Calendar | null;
  sent_at: Date | null;
  dropped_at: Date | null;
  unwanted: boolean;
}

/** A link's secret opens an account: once the mail has left, nobody reads it here. */
const withoutSecrets = (body: string) => body.replace(/codice=[\w-]+/g, 'codice=…');

/** Between writing and delivering she may have left the network, or read what the mail tells of, or stopped the mails. */
const UNWANTED = `exists (select from unnest(m.network_ids) n(id) where not ${belongs('m.person_id', 'n.id')})
  or exists (select from notices x where x.id = m.notice_id and x.read_at is not null)
  or (cardinality(m.network_ids) > 0 and exists (select from notification_settings s where s.person_id = m.person_id and not s.mails))`;

/** Hands a mail to the gateway unless that was done already or it is no longer wanted; why it could not is kept with it. Without a mail server the row itself is the mail. @throws what the mail server refused, so that it is tried again. */
export async function deliverMail(mailId: string): Promise<void> {
  const { rows: [mail] } = await database().raw<{ rows: Row[] }>(`select m.*, ${UNWANTED} as unwanted from mails m where m.id = ?`, [mailId]);
  if (!mail || mail.sent_at || mail.dropped_at) return;
  if (mail.unwanted) {
    await database()('mails').where({ id: mailId }).update({ dropped_at: clock.now() });
    return;
  }
  const outcome = await mailGateway.send({ id: mail.id, to: mail.to_address, subject: mail.subject, text: mail.body_text, html: mail.body_html, headers: mail.headers, ...(mail.calendar ? { calendar: mail.calendar } : {}) }).catch(async (error: unknown) => {
    await database()('mails').where({ id: mailId }).update({ failed_at: new Date(), error: String(error instanceof Error ? error.message : error).slice(0, 500) });
    throw error;
  });
  if (outcome === 'sent') await database()('mails').where({ id: mailId }).update({ sent_at: new Date(), failed_at: null, error: null, headers: '{}', body_text: withoutSecrets(mail.body_text), body_html: withoutSecrets(mail.body_html) });
}
