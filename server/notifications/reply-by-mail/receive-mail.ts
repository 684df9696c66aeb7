import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { transaction, type Tx } from '../../database/transaction.ts';
import { AppError } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { isAutomatic } from './automatic.ts';
import { explain } from './explain.ts';
import { postReply } from './post-reply.ts';
import { readReplyAddress, type ReplyAddress, stillHolds } from './reply-address.ts';
import { senderOf } from './sender.ts';

/** Larger mails are refused; pictures of a telephone are smaller. */
export const MAX_MAIL_BYTES = 15 * 1024 * 1024;
/** So much of one that is too large is read, to know whom to tell. */
const HEAD_BYTES = 64 * 1024;
/** Replies by mail of one person in an hour. */
const MOST_PER_HOUR = 30;

export interface IncomingMail {
  raw: Buffer;
  /** As the mail server says it; '' for a failure report, null where it is not known. */
  from: string | null;
  to: string[];
}

/** Why a mail was not published: stable words. The ones of an action are its own codes. */
export type Outcome = 'accepted' | 'automatic' | 'unknown-address' | 'unknown-sender' | 'wrong-sender' | 'address-ended' | 'too-large' | 'too-many' | (string & {});

/** Answers nothing at all to programs and strangers. */
const SILENT = new Set<Outcome>(['accepted', 'automatic', 'unknown-address', 'unknown-sender']);

/**
 * Takes a mail that somebody sent to a reply address: written as a post by the person whose address it is, or not, and then she is told why, at most once
 * an hour. Once for each Message-ID, however often it comes.
 */
export async function receiveMail({ raw, from, to }: IncomingMail): Promise<Outcome> {
  const tooLarge = raw.length > MAX_MAIL_BYTES;
  // It weighs much, and most installations take no mail
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(tooLarge ? raw.subarray(0, HEAD_BYTES) : raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const messageId = (mail.messageId ?? createHash('sha256').update(raw).digest('hex')).slice(0, 500);
  const known = await transaction(async (tx) => (await tx('inbound_mails').where('message_id', messageId).first('outcome')) as { outcome: Outcome } | undefined);
  if (known) return known.outcome;
  if (isAutomatic(mail, from)) return note(messageId, 'automatic');
  const address = await addressOf(mail, to);
  if (!address) return note(messageId, 'unknown-address');
  const sender = await transaction((tx) => senderOf(tx, address.personId));
  if (!sender) return note(messageId, 'unknown-sender');
  try {
    return await transaction((tx) => accept(tx, { messageId, mail, address, sender, tooLarge }));
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return refuse(messageId, sender, error);
  }
}

interface Given {
  messageId: string;
  mail: ParsedMail;
  address: ReplyAddress;
  sender: Actor;
  tooLarge: boolean;
}

/** @throws AppError saying why not */
async function accept(tx: Tx, { messageId, mail, address, sender, tooLarge }: Given): Promise<Outcome> {
  const [row] = (await tx('inbound_mails').insert({ message_id: messageId, person_id: sender.id, outcome: 'accepted', received_at: clock.now() }).onConflict('message_id').ignore().returning('id')) as { id: string }[];
  // The same mail at the same moment
  if (!row) return 'accepted';
  const writers = mail.from?.value.map(({ address: written = '' }) => written.toLowerCase()) ?? [];
  if (writers.length !== 1 || writers[0] !== sender.email.toLowerCase()) throw new AppError(403, 'wrong-sender');
  if (tooLarge) throw new AppError(413, 'too-large');
  const thread = (await tx('threads').where('number', address.number).first('network_id')) as { network_id: string } | undefined;
  if (!thread || !(await stillHolds(tx, address, thread.network_id))) throw new AppError(403, 'address-ended');
  const since = new Date(clock.now().getTime() - 3_600_000);
  const recent = (await tx('inbound_mails').where({ person_id: sender.id, outcome: 'accepted' }).where('received_at', '>', since).count({ n: '*' }).first()) as { n: number };
  if (Number(recent.n) > MOST_PER_HOUR) throw new AppError(429, 'too-many');
  const postId = await postReply(tx, sender, address.number, mail, messageId);
  await tx('inbound_mails').where('id', row.id).update({ post_id: postId });
  return 'accepted';
}

async function refuse(messageId: string, sender: Actor, error: AppError): Promise<Outcome> {
  const outcome = error.fields[0]?.code ?? error.code;
  return transaction(async (tx) => {
    await tx('inbound_mails').insert({ message_id: messageId, person_id: sender.id, outcome, received_at: clock.now() }).onConflict('message_id').ignore();
    if (!SILENT.has(outcome)) await explain(tx, sender, outcome);
    return outcome;
  });
}

const note = (messageId: string, outcome: Outcome) => transaction(async (tx) => {
  await tx('inbound_mails').insert({ message_id: messageId, outcome, received_at: clock.now() }).onConflict('message_id').ignore();
  return outcome;
});

/** The reply address among those that the mail went to, as its server says and as its head does. */
async function addressOf(mail: ParsedMail, to: string[]): Promise<ReplyAddress | undefined> {
  const heads = [mail.to, mail.cc].flatMap((head) => (head === undefined ? [] : Array.isArray(head) ? head : [head])).flatMap(({ value }) => value.map(({ address = '' }) => address));
  for (const address of [...to, ...heads].slice(0, 100)) {
    const found = await readReplyAddress(address);
    if (found) return found;
  }
  return undefined;
}
