import type { BuiltPerson } from '../accounts/factory.ts';
import type { BuiltEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { attributionOf } from '../territory/attribution.ts';
import { unique } from '../testing/unique.ts';

interface SeatOverrides {
  person: BuiltPerson;
  edition: BuiltEdition;
  status?: 'active' | 'completed' | 'withdrawn';
  activated_at?: Date;
  completed_at?: Date;
}

export interface BuiltSeat {
  id: string;
  person_id: string;
  body_id: string;
  member_id: string | null;
}

const one = async <T>(table: string, row: Record<string, unknown>, columns: string[]): Promise<T> => {
  const [inserted] = (await database()(table).insert(row).returning(columns)) as T[];
  if (!inserted) throw new Error('not inserted');
  return inserted;
};

/** An enrolment as bare rows, attributed to the member of the person's body. */
export async function aSeat({ person, edition, status = 'active', activated_at = new Date(), completed_at }: SeatOverrides): Promise<BuiltSeat> {
  if (!person.body_id) throw new Error('She belongs to no body');
  const ended = status === 'active' ? null : (completed_at ?? activated_at);
  return one<BuiltSeat>('enrolments', {
    edition_id: edition.id, person_id: person.id, body_id: person.body_id, member_id: await attributionOf(database(), person.body_id), status, activated_at, completed_at: status === 'completed' ? ended : null, ended_at: ended,
  }, ['id', 'person_id', 'body_id', 'member_id']);
}

/** A certificate of a seat, as a bare row. */
export async function aCertificate(seat: BuiltSeat, area: string, issued_at = new Date()): Promise<{ id: string }> {
  return one('certificates', {
    enrolment_id: seat.id, code: `PROVA-${unique()}`, person_id: seat.person_id, body_id: seat.body_id, member_id: seat.member_id, area_code: area, issued_at,
    snapshot: JSON.stringify({ course: { title: 'Corso di prova' } }), signed: '', key_id: 'prova',
  }, ['id']);
}

/** A closed attempt of a seat. */
export async function aClosedAttempt(seat: { id: string }, edition: BuiltEdition, passed: boolean, closed_at = new Date()): Promise<{ id: string }> {
  return one('attempts', {
    enrolment_id: seat.id, quiz_id: edition.course.quizId, number: unique(), started_at: closed_at, due_at: closed_at, closed_at, closed_by: 'submitted', score: passed ? 3 : 0, total: 3, passed, drawn: '[]',
  }, ['id']);
}

/** Minutes credited to a seat; negative ones correct. */
export async function someMinutes(seat: BuiltSeat, area: string, minutes: number, day: string): Promise<{ id: string }> {
  return one('hours_entries', {
    person_id: seat.person_id, body_id: seat.body_id, member_id: seat.member_id, area_code: area, enrolment_id: seat.id, modality: 'online', minutes, day, source: minutes < 0 ? 'correction' : 'lesson', source_key: `prova:${unique()}`,
  }, ['id']);
}
