import type { EnrolmentStatus } from '../contract/learning.ts';
import type { Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { cutOff, publish, roomOf } from '../sockets/publish.ts';
import type { Enrolment } from './enrolment.ts';

/** The one place where an enrolment's status changes: row, history, event and hint together. The caller holds the row's lock. */
export async function changeStatus(tx: Tx, enrolment: Pick<Enrolment, 'id' | 'person_id' | 'status'>, to: EnrolmentStatus, by: { personId: string | null; reason?: string | undefined }): Promise<void> {
  const now = clock.now();
  const from = enrolment.status;
  await tx('enrolments').where('id', enrolment.id).update({
    status: to,
    ...(to === 'active' ? { activated_at: now } : {}),
    ...(to === 'completed' ? { completed_at: now } : {}),
    ended_at: to === 'refused' || to === 'withdrawn' || to === 'completed' ? now : null,
  });
  await noteChange(tx, enrolment, from, to, by);
}

/** History, event and hint of a change that the caller has made. */
export async function noteChange(tx: Tx, enrolment: Pick<Enrolment, 'id' | 'person_id'>, from: EnrolmentStatus | null, to: EnrolmentStatus, by: { personId: string | null; reason?: string | undefined }): Promise<void> {
  await tx('enrolment_changes').insert({ enrolment_id: enrolment.id, from_status: from, to_status: to, by_person_id: by.personId, reason: by.reason || null, at: clock.now() });
  await record(tx, 'enrolment.changed', { enrolmentId: enrolment.id, from, to });
  publish(tx, roomOf.person(enrolment.person_id), 'enrolment:changed', { enrolmentId: enrolment.id });
  // What those in the edition write to each other she hears no more
  if (isIn(from) && !isIn(to)) cutOff(tx, roomOf.person(enrolment.person_id));
}

const isIn = (status: EnrolmentStatus | null): boolean => status === 'active' || status === 'completed';
