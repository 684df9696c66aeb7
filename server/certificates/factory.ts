import type { BuiltPerson } from '../accounts/factory.ts';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { anEnrolment, type BuiltEnrolment } from '../learning/factory.ts';
import { issueCertificate } from './issue-certificate.ts';

/** A completed enrolment with credited minutes and no certificate yet. */
export async function aCompletedEnrolment(overrides: { person?: BuiltPerson; minutes?: number; title?: string } = {}): Promise<BuiltEnrolment> {
  const edition = await anEdition({ course: await aCourse(overrides.title ? { title: overrides.title } : {}) });
  const enrolment = await anEnrolment({ edition, status: 'completed', ...(overrides.person ? { person: overrides.person } : {}) });
  await database()('completions').insert({ enrolment_id: enrolment.id, evidence: JSON.stringify({}) });
  await database()('hours_entries').insert({
    person_id: enrolment.person.id, body_id: enrolment.person.body_id, member_id: enrolment.person.body_id, area_code: 'appalti', enrolment_id: enrolment.id, modality: 'online', minutes: overrides.minutes ?? 60, day: '2026-11-24',
    source: 'lesson', source_key: `lesson:${enrolment.id}:${edition.course.lessonIds[0]}`,
  });
  return enrolment;
}

export interface BuiltCertificate {
  id: string;
  code: string;
  signed: string;
  enrolment: BuiltEnrolment;
}

/** A certificate as the worker issues it. */
export async function aCertificate(overrides: Parameters<typeof aCompletedEnrolment>[0] = {}): Promise<BuiltCertificate> {
  const enrolment = await aCompletedEnrolment(overrides);
  await issueCertificate(enrolment.id);
  const row = (await database()('certificates').where('enrolment_id', enrolment.id).first('id', 'code', 'signed')) as { id: string; code: string; signed: string };
  return { ...row, enrolment };
}
