import { type Edition, editionState } from '../courses/edition.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { attributionOf } from '../territory/attribution.ts';
import { noteChange } from './change-status.ts';
import { type Enrolment, OPEN_STATUSES } from './enrolment.ts';
import { evaluateAgain } from './evaluate-completion.ts';
import { hasSeat, lockEdition } from './seats.ts';

export interface EnrolInput {
  editionId: string;
  motivation?: string | undefined;
}

/**
 * Enrols the actor in an edition: with a seat at once, on the waiting list, or awaiting her coordinator. Asked twice it changes nothing.
 * @throws AppError 404 for what is not published, 409 `no-body`, `enrolment-closed`, `enrolment-completed`, `enrolled-elsewhere`.
 */
export async function enrol(actor: Actor, { editionId, motivation }: EnrolInput): Promise<string> {
  return transaction((tx) => enrolPerson(tx, { editionId, personId: actor.id, motivation, by: actor.id, approved: false }));
}

interface Order {
  editionId: string;
  personId: string;
  motivation?: string | undefined;
  by: string;
  /** Her coordinator asks: no further approval is needed. */
  approved: boolean;
}

/** The same, for a person whom the caller may enrol. @returns the enrolment's id. */
export async function enrolPerson(tx: Tx, { editionId, personId, motivation, by, approved }: Order): Promise<string> {
  // The person before the edition, as whoever moves her does: two editions asked for at once are decided one after the other, and a body she has just left is not written
  const person = (await tx('people').where('id', personId).forNoKeyUpdate().first('body_id')) as { body_id: string | null } | undefined;
  const bodyId = person?.body_id ?? null;
  if (bodyId === null) throw conflict('no-body');
  const edition = await lockEdition(tx, editionId);
  if (!edition?.published_at) throw notFound();
  const before = (await tx('enrolments').where({ edition_id: editionId, person_id: personId }).forUpdate().first()) as Enrolment | undefined;
  if (before?.status === 'completed') throw conflict('enrolment-completed');
  if (before && before.status !== 'withdrawn' && before.status !== 'refused') return before.id;
  if (editionState(edition, romeDay()) !== 'open') throw conflict('enrolment-closed');
  const elsewhere = await enrolmentElsewhere(tx, personId, edition);
  if (elsewhere) throw conflict('enrolled-elsewhere', { code: elsewhere });
  const memberId = await attributionOf(tx, bodyId);
  const status = edition.approval === 'coordinator' && !approved ? 'requested' : (await hasSeat(tx, edition, memberId)) ? 'active' : 'waiting';
  const now = clock.now();
  // A second time one goes to the end of the list
  const columns = { body_id: bodyId, member_id: memberId, status, motivation: motivation || null, requested_at: now, activated_at: status === 'active' ? now : null, ended_at: null };
  const [row] = (await tx('enrolments')
    .insert({ edition_id: editionId, person_id: personId, ...columns })
    .onConflict(['edition_id', 'person_id']).merge(columns).returning(['id', 'person_id'])) as { id: string; person_id: string }[];
  if (!row) throw conflict();
  await noteChange(tx, row, before?.status ?? null, status, { personId: by });
  if (before && status === 'active') await evaluateAgain(tx, row.id);
  return row.id;
}

/** The code of another edition of the same course, not over, where she has or awaits a place: one would take two seats for one certificate. */
async function enrolmentElsewhere(tx: Tx, personId: string, edition: Pick<Edition, 'id' | 'course_id'>): Promise<string | undefined> {
  const other = (await tx('enrolments as e').join('editions as ed', 'ed.id', 'e.edition_id')
    .where({ 'e.person_id': personId, 'ed.course_id': edition.course_id }).whereNot('ed.id', edition.id)
    .whereIn('e.status', [...OPEN_STATUSES]).whereNull('ed.cancelled_at').where('ed.ends_on', '>=', romeDay())
    .first('ed.code')) as { code: string } | undefined;
  return other?.code;
}
