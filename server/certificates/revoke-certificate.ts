import { audit } from '../accounts/audit.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, forbidden } from '../errors.ts';
import { record } from '../events.ts';
import type { Actor } from '../http/actor.ts';
import type { Certificate } from './certificate.ts';
import { mayRevoke } from './policy.ts';

/** Takes a certificate back, for a reason that everybody who checks it will read. @throws AppError 409 when it is revoked already. */
export async function revokeCertificate(actor: Actor, certificate: Certificate, reason: string): Promise<{ revoked_at: Date; reason: string }> {
  if (!mayRevoke(actor)) throw forbidden();
  return transaction(async (tx) => {
    const [revocation] = (await tx('certificate_revocations')
      .insert({ certificate_id: certificate.id, reason, revoked_by: actor.id })
      .onConflict('certificate_id').ignore().returning(['revoked_at', 'reason'])) as { revoked_at: Date; reason: string }[];
    if (!revocation) throw conflict('certificate-already-revoked');
    await audit(tx, actor, 'certificate.revoke', 'certificate', certificate.id, { bodyId: certificate.body_id, details: { code: certificate.code, reason } });
    await record(tx, 'certificate.revoked', { certificateId: certificate.id });
    return revocation;
  });
}
