import { z } from 'zod';
import { Id, Moment, page, pageQuery } from './common.ts';

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
