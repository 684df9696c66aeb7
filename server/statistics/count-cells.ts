import { COUNTERS, type Counter } from './cell.ts';

/** The month of a moment in Europe/Rome, as SQL. */
export const romeMonth = (moment: string) => `date_trunc('month', ${moment} at time zone 'Europe/Rome')::date`;

type Scope = 'everything' | 'one cell' | 'one cell outside';

/**
 * The one definition of every counter, as SQL over the source rows: one line a row, with its member, area and month. `'everything'` is
 * what a recount sums; a cell (bindings `memberId`, `area`, `month`) is what a worker sums, by index. Both count the same because both
 * are this text.
 */
export function sourceLines(scope: Scope): string {
  return [
    lines('enrolments e join editions ed on ed.id = e.edition_id join courses c on c.id = ed.course_id', 'e.member_id', 'c.area_code', { moment: 'e.activated_at' }, { enrolled: '1', active: "(e.status = 'active')::int" }),
    lines('enrolments e join editions ed on ed.id = e.edition_id join courses c on c.id = ed.course_id', 'e.member_id', 'c.area_code', { moment: 'e.completed_at' }, { completed: '1' }, "e.status = 'completed'"),
    lines('attempts t join enrolments e on e.id = t.enrolment_id join editions ed on ed.id = e.edition_id join courses c on c.id = ed.course_id', 'e.member_id', 'c.area_code', { moment: 't.closed_at' }, { attempts: '1', passed: 't.passed::int' }),
    lines('hours_entries h', 'h.member_id', 'h.area_code', { day: 'h.day' }, { minutes: 'h.minutes' }),
    lines('certificates k', 'k.member_id', 'k.area_code', { moment: 'k.issued_at' }, { certified: '1', people: FIRST_VALID }, valid('k')),
  ].map((line) => line(scope)).join('\n union all ');
}

/** Sums of all counters, as SQL. */
export const SUMS = COUNTERS.map((counter) => `coalesce(sum(${counter}), 0)::bigint as ${counter}`).join(', ');
/** Whether a line of sums says anything: a cell of nothing but zeros has no row. */
export const ANY = `(${COUNTERS.map((counter) => `${counter} <> 0`).join(' or ')})`;

function valid(certificate: string): string {
  return `not exists (select from certificate_revocations r where r.certificate_id = ${certificate}.id)`;
}

/** A person counts once an area, where and when her first valid certificate was issued. */
const FIRST_VALID = `(not exists (
  select from certificates before
   where before.person_id = k.person_id and before.area_code = k.area_code and (before.issued_at, before.id) < (k.issued_at, k.id) and ${valid('before')}))::int`;

function lines(from: string, member: string, area: string, when: { moment: string } | { day: string }, counts: Partial<Record<Counter, string>>, condition = 'true') {
  const column = 'moment' in when ? when.moment : when.day;
  const month = 'moment' in when ? romeMonth(when.moment) : `date_trunc('month', ${when.day})::date`;
  // Bounds and not an expression of the month, so that the index on the moment serves
  const bound = (date: string) => ('moment' in when ? `(${date})::timestamp at time zone 'Europe/Rome'` : `(${date})::date`);
  const inMonth = `${column} >= ${bound(':month::date')} and ${column} < ${bound(":month::date + interval '1 month'")}`;
  const where: Record<Scope, string> = {
    everything: `${column} is not null`,
    'one cell': `${member} = :memberId and ${area} = :area and ${inMonth}`,
    'one cell outside': `${member} is null and ${area} = :area and ${inMonth}`,
  };
  const columns = COUNTERS.map((counter) => `${counts[counter] ?? '0'} as ${counter}`).join(', ');
  return (scope: Scope) => `select ${member} as member_id, ${area} as area_code, ${month} as month, ${columns} from ${from} where ${where[scope]} and ${condition}`;
}
