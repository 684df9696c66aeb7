import { database } from '../database/connection.ts';
import { mailGateway } from '../gateways/mail.ts';

interface Row {
  id: string;
  to_address: string;
  subject: string;
  body_text: string;
  body_html: string;
  sent_at: Date | null;
}

/** A link's secret opens an account: once the mail has left, nobody reads it here. */
const withoutSecrets = (body: string) => body.replace(/codice=[\w-]+/g, 'codice=…');

/** Hands a mail to the gateway unless that was done already; why it could not is kept with it. Without a mail server the row itself is the mail. @throws what the mail server refused, so that it is tried again. */
export async function deliverMail(mailId: string): Promise<void> {
  const mail = (await database()('mails').where({ id: mailId }).first()) as Row | undefined;
  if (!mail || mail.sent_at) return;
  const outcome = await mailGateway.send({ id: mail.id, to: mail.to_address, subject: mail.subject, text: mail.body_text, html: mail.body_html }).catch(async (error: unknown) => {
    await database()('mails').where({ id: mailId }).update({ failed_at: new Date(), error: String(error instanceof Error ? error.message : error).slice(0, 500) });
    throw error;
  });
  if (outcome === 'sent') await database()('mails').where({ id: mailId }).update({ sent_at: new Date(), failed_at: null, error: null, body_text: withoutSecrets(mail.body_text), body_html: withoutSecrets(mail.body_html) });
}
