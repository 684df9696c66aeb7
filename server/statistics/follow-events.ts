import { database } from '../database/connection.ts';
import type { EventPayload } from '../events.ts';
import type { Cell } from './cell.ts';
import { romeMonth } from './count-cells.ts';
import { refreshCells } from './refresh-cells.ts';

/** Every cell that an enrolment counts in or may have counted in: all members and months it ever had, with those of its attempts. */
const FOOTPRINT = (condition: string) => `
  with mine as (
    select e.id, c.area_code, e.member_id, e.activated_at, e.completed_at
      from enrolments e join editions ed on ed.id = e.edition_id join courses c on c.id = ed.course_id where ${condition}
  ), stays as (
    select id, member_id, activated_at, completed_at from mine
    union select d.enrolment_id, d.member_id, d.activated_at, d.completed_at from statistics_departures d join mine on mine.id = d.enrolment_id
  ), months as (
    select id, ${romeMonth('activated_at')} as month from stays where activated_at is not null
    union select id, ${romeMonth('completed_at')} from stays where completed_at is not null
    union select mine.id, ${romeMonth('t.closed_at')} from attempts t join mine on mine.id = t.enrolment_id where t.closed_at is not null
  )
  select distinct stays.member_id as "memberId", mine.area_code as area, months.month::text as month
    from stays join mine using (id) join months using (id)`;

/** An enrolment's status changed. */
export async function countEnrolment({ enrolmentId }: EventPayload<'enrolment.changed'>): Promise<void> {
  await refresh(FOOTPRINT('e.id = ?'), enrolmentId);
}

/** A person's open enrolments, with their attempts, went to another member: both the old and the new one are counted. */
export async function countMove({ personId }: EventPayload<'person.moved'>): Promise<void> {
  await refresh(FOOTPRINT('e.person_id = ?'), personId);
}

export async function countAttempt({ attemptId }: EventPayload<'attempt.closed'>): Promise<void> {
  await refresh(
    `select e.member_id as "memberId", c.area_code as area, ${romeMonth('t.closed_at')}::text as month
       from attempts t join enrolments e on e.id = t.enrolment_id join editions ed on ed.id = e.edition_id join courses c on c.id = ed.course_id
      where t.id = ? and t.closed_at is not null`,
    attemptId,
  );
}

export async function countHours({ hoursEntryId }: EventPayload<'hours.credited'>): Promise<void> {
  await refresh(`select member_id as "memberId", area_code as area, date_trunc('month', day)::date::text as month from hours_entries where id = ?`, hoursEntryId);
}

/** Issued or revoked: which certificate of the area is the person's first may change, so all of hers are counted. */
export async function countCertificate({ certificateId }: EventPayload<'certificate.issued'>): Promise<void> {
  await refresh(
    `select distinct every.member_id as "memberId", every.area_code as area, ${romeMonth('every.issued_at')}::text as month
       from certificates this join certificates every using (person_id, area_code) where this.id = ?`,
    certificateId,
  );
}

async function refresh(touched: string, id: string): Promise<void> {
  const { rows } = await database().raw<{ rows: Cell[] }>(touched, [id]);
  await refreshCells(rows);
}
