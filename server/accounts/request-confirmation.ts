import { randomUUID } from 'node:crypto';
import { transaction } from '../database/transaction.ts';
import { record } from '../events.ts';
import { spend } from './throttle.ts';

/** Enough for somebody who looks in the wrong folder, too few to flood a mailbox. */
export const MAILS = { points: 4, seconds: 3600 };

/** Sends the link again to who has not confirmed. Anybody else's address changes nothing, and nobody learns which it was. */
export async function requestConfirmation(email: string): Promise<void> {
  await transaction(async (tx) => {
    const person = (await tx('people').where({ email }).whereNull('confirmed_at').whereNull('suspended_at').first('id')) as { id: string } | undefined;
    if (person && (await spend(`mail:confirm:${person.id}`, MAILS, tx))) await record(tx, 'confirmation.requested', { personId: person.id, requestId: randomUUID() });
  });
}

/** Sends a link to choose a new password, also to who never confirmed: who reads that mailbox is the owner of the address. */
export async function requestPasswordReset(email: string): Promise<void> {
  await transaction(async (tx) => {
    const person = (await tx('people').where({ email }).whereNull('suspended_at').first('id')) as { id: string } | undefined;
    if (person && (await spend(`mail:reset:${person.id}`, MAILS, tx))) await record(tx, 'password-reset.requested', { personId: person.id, requestId: randomUUID() });
  });
}
