import { z } from 'zod';
import { AreaCode, Day, Id, Moment, page, pageQuery, queryInt, text } from './common.ts';

/** All that a certificate says, as it was when it was issued. */
export const CertificateSnapshot = z.object({
  code: z.string(),
  person: z.object({ givenName: z.string(), familyName: z.string() }),
  /** As it signs itself: «Provincia di Treviso». */
  body: z.object({ name: z.string(), istatCode: z.string().nullable() }),
  course: z.object({ key: z.string(), title: z.string(), version: z.int() }),
  area: z.object({ code: AreaCode, name: z.string() }),
  edition: z.object({ code: z.string(), startsOn: Day, endsOn: Day }),
  /** Credited minutes of this enrolment. */
  minutes: z.int(),
  startedOn: Day,
  completedOn: Day,
  issuedOn: Day,
  result: z.object({ score: z.int(), total: z.int(), pass: z.string() }).nullable(),
  programme: z.array(z.object({ title: z.string(), lessons: z.array(z.object({ title: z.string(), minutes: z.int() })) })),
  trainers: z.array(z.object({ name: z.string(), role: z.string() })),
});
export type CertificateSnapshot = z.output<typeof CertificateSnapshot>;

/** What the QR code carries, signed: short keys, because every letter makes the code denser. */
export const SignedPayload = z.object({
  v: z.literal(1),
  /** Code, name, body, course, area, minutes, completion day, result. */
  c: z.string(),
  n: z.string(),
  b: z.string(),
  t: z.string(),
  a: z.string(),
  m: z.int(),
  d: z.string(),
  r: z.string().nullable(),
});
export type SignedPayload = z.output<typeof SignedPayload>;

export const Certificate = z.object({
  id: Id,
  code: z.string(),
  enrolmentId: Id,
  issuedAt: Moment,
  revocation: z.object({ revokedAt: Moment, reason: z.string() }).nullable(),
  snapshot: CertificateSnapshot,
  abilities: z.object({ revoke: z.boolean() }),
});
export type Certificate = z.output<typeof Certificate>;

export const CertificatePage = page(Certificate);
export const CertificateQuery = z.object({
  ...pageQuery,
  /** Of whom: one's own, of the people of the bodies one coordinates, or (UPI) of everybody. */
  scope: z.enum(['own', 'body', 'all']).default('own'),
  /** A part of the name, or the code. */
  q: text(1, 100).optional(),
});

/** What anybody learns who checks a code. */
export const Verification = z.object({
  code: z.string(),
  status: z.enum(['valid', 'revoked']),
  issuedAt: Moment,
  revocation: z.object({ revokedAt: Moment, reason: z.string() }).nullable(),
  person: z.object({ givenName: z.string(), familyName: z.string() }),
  body: z.object({ name: z.string() }),
  course: z.object({ title: z.string(), key: z.string() }),
  area: z.object({ code: AreaCode, name: z.string() }),
  minutes: z.int(),
  startedOn: Day,
  completedOn: Day,
  result: z.object({ score: z.int(), total: z.int(), pass: z.string() }).nullable(),
  programme: CertificateSnapshot.shape.programme,
});
export type Verification = z.output<typeof Verification>;

export const RevocationRequest = z.object({ reason: z.string().trim().min(1, { error: 'revocation-reason-missing', abort: true }).pipe(text(10, 500)) });

export const CertificateKeys = z.object({
  keys: z.array(z.object({ keyId: z.string(), algorithm: z.literal('Ed25519'), publicKey: z.string(), createdAt: Moment, retiredAt: Moment.nullable() })),
});

export const TranscriptQuery = z.object({ year: queryInt(2000, 2100).optional() });

/** The person's ledger and certificates: the «libretto formativo». */
export const Transcript = z.object({
  person: z.object({ givenName: z.string(), familyName: z.string(), body: z.string().nullable() }),
  year: z.int().nullable(),
  years: z.array(z.int()),
  totals: z.object({ minutes: z.int(), byArea: z.array(z.object({ area: AreaCode, name: z.string(), minutes: z.int() })) }),
  /** Newest first; a correction is an entry of its own, with its sign. */
  entries: z.array(z.object({ id: Id, day: Day, area: AreaCode, areaName: z.string(), title: z.string(), course: z.string().nullable(), modality: z.enum(['online', 'aula', 'live']), source: z.enum(['lesson', 'attendance', 'correction']), minutes: z.int() })),
  certificates: z.array(Certificate),
});
export type Transcript = z.output<typeof Transcript>;
