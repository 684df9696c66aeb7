import { createTransport } from 'nodemailer';
import { config } from '../config.ts';

export interface OutgoingMail {
  /** Also the Message-ID: a mail sent twice after a crash is recognised as one. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** What its head says besides. */
  headers?: Record<string, string>;
  /** An invitation that mail programs understand: method and iCalendar text. */
  calendar?: { method: string; content: string };
}

export interface MailGateway {
  /** 'kept' when there is no mail server: the row in `mails` is then the mail. */
  send(mail: OutgoingMail): Promise<'sent' | 'kept'>;
}

function smtp(url: string): MailGateway {
  const transport = createTransport(url, { from: config.mailFrom });
  const domain = new URL(config.publicUrl).hostname;
  return {
    async send({ id, headers, calendar, ...mail }) {
      await transport.sendMail({ ...mail, ...(calendar ? { icalEvent: { filename: 'webinar.ics', method: calendar.method, content: calendar.content } } : {}), messageId: `<${id}@${domain}>`, headers: { ...headers, 'Auto-Submitted': 'auto-generated' } });
      return 'sent';
    },
  };
}

const kept: MailGateway = { send: async () => 'kept' };

export const mailGateway: MailGateway = config.smtpUrl ? smtp(config.smtpUrl) : kept;
