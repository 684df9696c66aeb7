import { config } from '../../config.ts';
import type { Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Language } from '../../http/actor.ts';
import type { MailSection } from '../compose-mail.ts';
import { type NoticeParams, textOf } from '../texts.ts';
import { whyOf } from '../why.ts';

/** A notice that waits for a digest. */
export interface WaitingNotice {
  id: string;
  kind: string;
  params: NoticeParams;
  link: string;
}

/** The newest ones; the page has them all. */
const MOST = 12;

const whyHers = (params: NoticeParams, language: Language): string => whyOf(params, language)?.text ?? '';

/** Takes notices into a digest: they are in no other. @param rows the newest first, locked. @param noteOf what stands below each; without, why she gets it. */
export async function takeIn(tx: Tx, rows: readonly WaitingNotice[], language: Language, noteOf: (params: NoticeParams, language: Language) => string = whyHers): Promise<MailSection['items']> {
  await tx('notices').whereIn('id', rows.map(({ id }) => id)).update({ digested_at: clock.now() });
  return rows.slice(0, MOST).map(({ kind, params, link }) => ({ label: textOf(kind, language, params).title, note: noteOf(params, language), url: config.publicUrl + link }));
}
