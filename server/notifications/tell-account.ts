import { createMailToken } from '../accounts/mail-token.ts';
import { config } from '../config.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import type { Language } from '../http/actor.ts';
import { mailIsNew, sendMail } from './send-mail.ts';
import type { NoticeKind } from './texts.ts';

interface Owner {
  id: string;
  email: string;
  language: Language;
  given_name: string;
  confirmed_at: Date | null;
}

/** The link with which a new account is confirmed. @param requestId of who asked for it again. */
export async function tellRegistration(personId: string, requestId?: string): Promise<void> {
  await transaction(async (tx) => {
    const owner = await ownerOf(tx, personId);
    if (owner && !owner.confirmed_at) await mailOnce(tx, owner, 'confirm-address', `confirm:${requestId ?? personId}`, async () => `/conferma#codice=${await createMailToken(tx, owner.id, 'confirm')}`);
  });
}

/**
 * Somebody registered an address again. Its owner is told; one who never confirmed chooses a password anew, because whoever registered
 * first may have been somebody else.
 */
export async function tellRepeatedRegistration(personId: string, requestId: string): Promise<void> {
  await transaction(async (tx) => {
    const owner = await ownerOf(tx, personId);
    if (!owner) return;
    if (owner.confirmed_at) await mailOnce(tx, owner, 'address-known', `repeated:${requestId}`, async () => '/accedi');
    else await mailOnce(tx, owner, 'registration-open', `reset:${requestId}`, () => resetLink(tx, owner.id));
  });
}

export async function tellPasswordReset(personId: string, requestId: string): Promise<void> {
  await transaction(async (tx) => {
    const owner = await ownerOf(tx, personId);
    if (owner) await mailOnce(tx, owner, 'reset-password', `reset:${requestId}`, () => resetLink(tx, owner.id));
  });
}

const resetLink = async (tx: Tx, personId: string) => `/nuova-password#codice=${await createMailToken(tx, personId, 'reset')}`;

async function ownerOf(tx: Tx, personId: string): Promise<Owner | undefined> {
  return (await tx('people').where({ id: personId }).whereNull('suspended_at').first('id', 'email', 'language', 'given_name', 'confirmed_at')) as Owner | undefined;
}

/** A secret is made only for a mail that leaves. */
async function mailOnce(tx: Tx, owner: Owner, kind: NoticeKind, key: string, path: () => Promise<string>): Promise<void> {
  if (await mailIsNew(tx, key)) await sendMail(tx, { key, person: owner, kind, params: { givenName: owner.given_name }, url: config.publicUrl + (await path()) });
}
