import { z } from 'zod';
import { Certificate, CertificateKeys, CertificatePage, CertificateQuery, RevocationRequest, Transcript, TranscriptQuery, Verification } from '../contract/certificates.ts';
import { Id, Moment } from '../contract/common.ts';
import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import { romeDay } from '../gateways/clock.ts';
import { administrators, anyone, signedIn } from '../http/access.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { FileReply, Reply, routesOf } from '../http/route.ts';
import { drawTranscript } from './draw-transcript.ts';
import { findByCode, findForActor, listCertificates } from './find-certificate.ts';
import './messages.ts';
import { presentCertificate, presentTranscript, presentVerification } from './present.ts';
import { readTranscript } from './read-transcript.ts';
import { revokeCertificate } from './revoke-certificate.ts';
import { publishedKeys } from './signing.ts';
import { writeTranscriptCsv } from './write-transcript-csv.ts';

const { route, routes } = routesOf('certificates');
const byId = z.object({ id: Id });

route({
  method: 'get', path: '/certificates/:code/verification', summary: 'What a certificate number stands for, and whether it holds', access: anyone,
  params: z.object({ code: z.string().max(40) }), response: Verification, limit: { points: 120, seconds: 60 },
  handle: async ({ params }) => presentVerification(await findByCode(params.code)),
});

route({
  method: 'get', path: '/certificate-keys', summary: 'The public keys that verify a certificate without asking us', access: anyone, response: CertificateKeys,
  handle: async () => ({ keys: (await publishedKeys()).map((key) => ({ ...key, algorithm: 'Ed25519' as const })) }),
});

route({
  method: 'get', path: '/certificates', summary: 'Certificates of mine, of my people, or (UPI) of everybody', access: signedIn, query: CertificateQuery, response: CertificatePage,
  async handle({ actor, query: { cursor, ...filter } }) {
    const [issuedAt, id] = cursor ? decodeCursor(cursor, z.tuple([z.iso.datetime(), Id])) : [];
    const after = issuedAt && id ? { issuedAt, id } : undefined;
    const { items, next } = toPage(await listCertificates(actor, { ...filter, after }), filter.limit, (last) => [last.issued_at.toISOString(), last.id]);
    return { items: items.map((certificate) => presentCertificate(certificate, actor)), next };
  },
});

route({
  method: 'get', path: '/certificates/:id', summary: 'One certificate', access: signedIn, params: byId, response: Certificate,
  handle: async ({ actor, params }) => presentCertificate(await findForActor(actor, params.id), actor),
});

route({
  method: 'get', path: '/certificates/:id/document', summary: 'The certificate as a PDF', access: signedIn, params: byId, response: 'application/pdf',
  async handle({ actor, params }) {
    const certificate = await findForActor(actor, params.id);
    const document = (await database()('certificate_documents').where('certificate_id', certificate.id).first('pdf')) as { pdf: Buffer } | undefined;
    if (!document) throw notFound();
    return new FileReply('application/pdf', document.pdf, { filename: `attestato-${certificate.code}.pdf`, inline: true });
  },
});

route({
  method: 'put', path: '/certificates/:id/revocation', summary: 'Take a certificate back, with a public reason', access: administrators, params: byId, body: RevocationRequest,
  response: z.object({ revokedAt: Moment, reason: z.string() }),
  async handle({ actor, params, body }) {
    const revocation = await revokeCertificate(actor, await findForActor(actor, params.id), body.reason);
    return new Reply(201, { revokedAt: revocation.revoked_at, reason: revocation.reason });
  },
});

route({
  method: 'get', path: '/transcript', summary: 'My ledger of hours and my certificates', access: signedIn, query: TranscriptQuery, response: Transcript,
  handle: async ({ actor, query }) => presentTranscript(await readTranscript(actor, query.year), actor),
});

route({
  method: 'get', path: '/transcript/pdf', summary: 'My transcript as a PDF', access: signedIn, query: TranscriptQuery, response: 'application/pdf', limit: { points: 20, seconds: 60 },
  async handle({ actor, query }) {
    const pdf = await drawTranscript(`${actor.givenName} ${actor.familyName}`, await readTranscript(actor, query.year), romeDay());
    return new FileReply('application/pdf', pdf, { filename: `libretto-${query.year ?? 'completo'}.pdf` });
  },
});

route({
  method: 'get', path: '/transcript/csv', summary: 'My ledger of hours as CSV', access: signedIn, query: TranscriptQuery, response: 'text/csv',
  handle: async ({ actor, query, language }) => new FileReply('text/csv; charset=utf-8', writeTranscriptCsv(await readTranscript(actor, query.year), language), { filename: `libretto-${query.year ?? 'completo'}.csv` }),
});

export const certificatesRoutes = routes;
