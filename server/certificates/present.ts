import type { z } from 'zod';
import type { Certificate as CertificateView, Transcript, Verification } from '../contract/certificates.ts';
import type { Actor } from '../http/actor.ts';
import type { Certificate } from './certificate.ts';
import { mayRevoke } from './policy.ts';
import type { TranscriptRows } from './read-transcript.ts';

const presentRevocation = ({ revocation }: Certificate) => (revocation ? { revokedAt: revocation.revoked_at, reason: revocation.reason } : null);

/** For the person it belongs to, and who may see it beside her. Load it with its revocation. */
export function presentCertificate(certificate: Certificate, actor: Actor): z.input<typeof CertificateView> {
  return {
    id: certificate.id,
    code: certificate.code,
    enrolmentId: certificate.enrolment_id,
    issuedAt: certificate.issued_at,
    revocation: presentRevocation(certificate),
    snapshot: certificate.snapshot,
    abilities: { revoke: mayRevoke(actor) && !certificate.revocation },
  };
}

/** For anybody who knows the code: what the document itself says, and whether it still holds. No e-mail, no identifiers. */
export function presentVerification(certificate: Certificate): z.input<typeof Verification> {
  const { snapshot } = certificate;
  return {
    code: certificate.code,
    status: certificate.revocation ? 'revoked' : 'valid',
    issuedAt: certificate.issued_at,
    revocation: presentRevocation(certificate),
    person: snapshot.person,
    body: { name: snapshot.body.name },
    course: { title: snapshot.course.title, key: snapshot.course.key },
    area: snapshot.area,
    minutes: snapshot.minutes,
    startedOn: snapshot.startedOn,
    completedOn: snapshot.completedOn,
    result: snapshot.result,
    programme: snapshot.programme,
  };
}

/** The ledger with its totals: each a sum over the entries shown. */
export function presentTranscript(rows: TranscriptRows, actor: Actor): z.input<typeof Transcript> {
  const byArea = new Map<string, z.input<typeof Transcript>['totals']['byArea'][number]>();
  for (const { area_code: area, area_name: name, minutes } of rows.ledger) {
    byArea.set(area, { area, name, minutes: (byArea.get(area)?.minutes ?? 0) + minutes });
  }
  return {
    person: { givenName: actor.givenName, familyName: actor.familyName, body: rows.body },
    year: rows.year,
    years: rows.years,
    totals: { minutes: rows.ledger.reduce((sum, entry) => sum + entry.minutes, 0), byArea: [...byArea.values()] },
    entries: rows.ledger.map((entry) => ({
      id: entry.id, day: entry.day, area: entry.area_code, areaName: entry.area_name, title: entry.lesson ?? entry.note ?? '', course: entry.course,
      modality: entry.modality, source: entry.source, minutes: entry.minutes,
    })),
    certificates: rows.certificates.map((certificate) => presentCertificate(certificate, actor)),
  };
}
