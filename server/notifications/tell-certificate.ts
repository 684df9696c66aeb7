import { Certificate } from '../certificates/certificate.ts';
import { transaction } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import { notify } from './notify.ts';

/** A certificate of a history that was brought in is nobody's news. */
const NEWS_MS = 24 * 3_600_000;

/** One notice and one mail for each certificate, however often the event comes. */
export async function tellCertificateIssued({ certificateId }: { certificateId: string }): Promise<void> {
  await transaction(async (tx) => {
    const certificate = await Certificate.query(tx).findById(certificateId);
    if (!certificate || clock.now().getTime() - certificate.issued_at.getTime() > NEWS_MS) return;
    await notify(tx, {
      personId: certificate.person_id, kind: 'certificate-issued', key: `certificate:${certificate.id}`, params: { course: certificate.snapshot.course.title, code: certificate.code }, link: '/libretto',
    });
  });
}

export async function tellCertificateRevoked({ certificateId }: { certificateId: string }): Promise<void> {
  await transaction(async (tx) => {
    const certificate = await Certificate.query(tx).findById(certificateId).withGraphFetched('revocation');
    if (!certificate?.revocation) return;
    await notify(tx, {
      personId: certificate.person_id, kind: 'certificate-revoked', key: `certificate-revoked:${certificate.id}`,
      params: { course: certificate.snapshot.course.title, code: certificate.code, reason: certificate.revocation.reason }, link: '/libretto',
    });
  });
}
