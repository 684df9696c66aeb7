import { z } from 'zod';
import { Id, Moment, page, pageQuery, text } from './common.ts';

/** A notice, its text already in the reader's language. */
export const Notice = z.object({
  id: Id,
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  /** A path of ours, where there is something to see or do. */
  link: z.string().nullable(),
  createdAt: Moment,
  readAt: Moment.nullable(),
});
export type Notice = z.output<typeof Notice>;

export const NoticePage = page(Notice);
export const NoticeQuery = z.object({ ...pageQuery, unread: z.enum(['true', 'false']).optional() });
export const Unread = z.object({ unread: z.int() });

/** A mail that the platform wrote; read by an administrator where no mail server sends it. */
export const Mail = z.object({ id: Id, to: z.string(), subject: z.string(), createdAt: Moment, sentAt: Moment.nullable() });
export type Mail = z.output<typeof Mail>;
export const MailPage = page(Mail);
export const MailQuery = z.object({ ...pageQuery, to: text(0, 200).default('') });
/** `links`: the addresses in the text, ours first among them, to be opened from the page. */
export const MailDetail = Mail.extend({ text: z.string(), links: z.array(z.string()) });
export type MailDetail = z.output<typeof MailDetail>;
/** Whether mails leave; where they do not, an administrator reads them in her pages. */
export const MailService = z.object({ delivers: z.boolean() });
export type MailService = z.output<typeof MailService>;
