import { createHmac, timingSafeEqual } from 'node:crypto';
import { transaction } from '../database/transaction.ts';

let kept: Buffer | undefined;

/** Read once: it never changes. */
async function secret(): Promise<Buffer> {
  if (kept) return kept;
  const row = await transaction(async (tx) => (await tx('mail_secret').first('secret')) as { secret: Buffer } | undefined);
  if (!row) throw new Error('The secret of the mails is missing');
  kept = row.secret;
  return kept;
}

/** The first `bytes` of the signature of these values for one purpose: addresses and links in mails prove with it that we made them. */
export async function signatureOf(purpose: string, values: (string | number)[], bytes: number): Promise<Buffer> {
  return createHmac('sha256', await secret()).update(JSON.stringify([purpose, ...values])).digest().subarray(0, bytes);
}

/** Whether it is that signature, told in the same time however wrong it is. */
export async function isSigned(given: Buffer, purpose: string, values: (string | number)[]): Promise<boolean> {
  const wanted = await signatureOf(purpose, values, given.length);
  return given.length >= 10 && timingSafeEqual(given, wanted);
}

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const uuid = { toBytes: bytesOf, fromBytes: uuidOf };
