import type { NotificationSettings } from '../../contract/notifications.ts';
import type { Tx } from '../../database/transaction.ts';
import type { Language } from '../../http/actor.ts';
import type { MailSection } from '../compose-mail.ts';

/** For whom and for when a digest is written. */
export interface DigestReader {
  id: string;
  language: Language;
  settings: NotificationSettings;
  /** What is due: on Monday both. */
  due: ('daily' | 'weekly')[];
}

/** One thing that a digest tells, with the networks that it speaks of; nothing where there is nothing to tell. */
export type DigestSection = (tx: Tx, reader: DigestReader) => Promise<(MailSection & { networkIds: string[] }) | undefined>;
