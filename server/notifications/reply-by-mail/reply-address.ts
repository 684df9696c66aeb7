import { belongs } from '../../community/reach.ts';
import { config } from '../../config.ts';
import type { Tx } from '../../database/transaction.ts';
import { isSigned, signatureOf, uuid } from '../signing.ts';

/**
 * The address at which a person replies in a thread by mail: `risposte+<token>@…`. It says who she is, which thread, and since when she is in its
 * network: whoever leaves or is removed has no valid address any more, also after coming back. It has no other end.
 */
const [EPOCH, SIGNATURE] = [4, 10];
const LENGTH = 4 + 16 + EPOCH + SIGNATURE;
/** Mail servers may change the case of an address: digits and small letters alone. */
const DIGITS = Math.ceil((LENGTH * 8) / Math.log2(36));

/** Her address for this thread; null where no mail comes in, or where she may not write. */
export async function replyAddressOf(tx: Tx, personId: string, { number, network_id }: { number: number; network_id: string }): Promise<string | null> {
  const epoch = config.mailReplyAddress === undefined ? undefined : await epochOf(tx, personId, network_id);
  if (config.mailReplyAddress === undefined || !epoch) return null;
  const thread = Buffer.alloc(4);
  thread.writeUInt32BE(number);
  const signature = await signatureOf('reply', [personId, number, epoch.toString('hex')], SIGNATURE);
  const token = BigInt(`0x${Buffer.concat([thread, uuid.toBytes(personId), epoch, signature]).toString('hex')}`).toString(36).padStart(DIGITS, '0');
  return config.mailReplyAddress.replace('@', `+${token}@`);
}

export interface ReplyAddress {
  personId: string;
  number: number;
  epoch: Buffer;
}

/** Whom and what an address of ours stands for; nothing where we did not make it. Whether it still holds, `stillHolds` says. */
export async function readReplyAddress(address: string): Promise<ReplyAddress | undefined> {
  const [local = '', domain = ''] = (config.mailReplyAddress ?? '').split('@');
  const given = address.trim().toLowerCase();
  if (local === '' || !given.startsWith(`${local}+`) || !given.endsWith(`@${domain}`)) return undefined;
  const token = given.slice(local.length + 1, -domain.length - 1);
  if (token.length !== DIGITS || !/^[0-9a-z]+$/.test(token)) return undefined;
  const hex = [...token].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString(16).padStart(LENGTH * 2, '0');
  if (hex.length !== LENGTH * 2) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  const [number, personId, epoch] = [bytes.readUInt32BE(0), uuid.fromBytes(bytes.subarray(4, 20)), bytes.subarray(20, 20 + EPOCH)];
  return (await isSigned(bytes.subarray(20 + EPOCH), 'reply', [personId, number, epoch.toString('hex')])) ? { personId, number, epoch } : undefined;
}

/** Whether she has been in the network without a break since the address was made. */
export async function stillHolds(tx: Tx, { personId, epoch }: ReplyAddress, networkId: string): Promise<boolean> {
  return (await epochOf(tx, personId, networkId))?.equals(epoch) ?? false;
}

/** Some bytes that change with every change of her membership; nothing where she is not in the network. */
async function epochOf(tx: Tx, personId: string, networkId: string): Promise<Buffer | undefined> {
  const { rows: [row] } = await tx.raw<{ rows: { since: string | null; inside: boolean }[] }>(
    `select (select m.id || ':' || extract(epoch from coalesce(m.decided_at, m.requested_at)) from network_members m where m.network_id = :network and m.person_id = :person and m.status = 'active') as since,
            ${belongs(':person', ':network')} as inside`,
    { person: personId, network: networkId },
  );
  return row?.inside ? signatureOf('epoch', [row.since ?? 'moderator'], EPOCH) : undefined;
}
