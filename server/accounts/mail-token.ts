import { randomBytes } from 'node:crypto';
import type { Tx } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import { digestOf } from './session.ts';

export type TokenPurpose = 'confirm' | 'reset';

/** The mails say the same. */
const HOURS: Record<TokenPurpose, number> = { confirm: 48, reset: 2 };

interface Row {
  id: string;
  person_id: string;
  used_at: Date | null;
}

/** A secret for a link that leaves by mail; only its digest stays here. */
export async function createMailToken(tx: Tx, personId: string, purpose: TokenPurpose): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await tx('mail_tokens').insert({ person_id: personId, purpose, digest: digestOf(secret), expires_at: new Date(clock.now().getTime() + HOURS[purpose] * 3_600_000) });
  return secret;
}

/** The token behind a secret, locked. @throws AppError 410 when there is none or it has expired. */
export async function openMailToken(tx: Tx, secret: string, purpose: TokenPurpose): Promise<Row> {
  const row = (await tx('mail_tokens').where({ digest: digestOf(secret), purpose }).where('expires_at', '>', clock.now()).forUpdate().first('id', 'person_id', 'used_at')) as Row | undefined;
  if (!row) throw new AppError(410, 'link-expired');
  return row;
}

/** All tokens of this purpose are spent with the one that was used. */
export async function spendMailTokens(tx: Tx, personId: string, purpose: TokenPurpose): Promise<void> {
  await tx('mail_tokens').where({ person_id: personId, purpose }).whereNull('used_at').update({ used_at: clock.now() });
}
