import { createHash } from 'node:crypto';
import { config } from '../config.ts';
import type { CertificateSnapshot } from '../contract/certificates.ts';
import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { newCode } from './code.ts';
import { composeSnapshot } from './compose-snapshot.ts';
import { drawCertificate } from './draw-certificate.ts';
import { currentKey, type SigningKey, signPayload } from './signing.ts';

/**
 * Issues the certificate of a completed enrolment: row, document and event together, once, however often it is called and wherever it
 * is interrupted. Does nothing when the enrolment is not completed.
 * @param issuedAt now, unless a history is being brought in.
 */
export async function issueCertificate(enrolmentId: string, issuedAt = clock.now()): Promise<void> {
  if (await database()('certificates').where({ enrolment_id: enrolmentId }).first('id')) return;
  const composition = await composeSnapshot(enrolmentId, newCode(), issuedAt);
  if (!composition) return;
  const { snapshot, personId, bodyId, memberId } = composition;
  const key = await currentKey();
  const signed = signSnapshot(key, snapshot);
  const pdf = await drawCertificate(snapshot, verificationUrl(snapshot.code), `${verificationUrl(snapshot.code)}#${signed}`);
  await transaction(async (tx) => {
    const [inserted] = (await tx('certificates')
      .insert({
        enrolment_id: enrolmentId, code: snapshot.code, person_id: personId, body_id: bodyId, member_id: memberId, area_code: snapshot.area.code, issued_at: issuedAt,
        snapshot: JSON.stringify(snapshot), signed, key_id: key.keyId,
      })
      .onConflict('enrolment_id').ignore().returning('id')) as { id: string }[];
    // Another worker was quicker: its document stands
    if (!inserted) return;
    await tx('certificate_documents').insert({ certificate_id: inserted.id, pdf, sha256: createHash('sha256').update(pdf).digest('hex') });
    await record(tx, 'certificate.issued', { certificateId: inserted.id });
    publish(tx, roomOf.person(personId), 'certificate:issued', { certificateId: inserted.id, enrolmentId, code: snapshot.code, courseTitle: snapshot.course.title });
  });
}

/** Where anybody checks a code. */
export function verificationUrl(code: string): string {
  return `${config.publicUrl}/verifica/${code}`;
}

function signSnapshot(key: SigningKey, snapshot: CertificateSnapshot): string {
  return signPayload(key, {
    v: 1,
    c: snapshot.code,
    n: `${snapshot.person.givenName} ${snapshot.person.familyName}`,
    b: snapshot.body.name,
    t: snapshot.course.title,
    a: snapshot.area.code,
    m: snapshot.minutes,
    d: snapshot.completedOn,
    r: snapshot.result && `${snapshot.result.score}/${snapshot.result.total}`,
  });
}
