import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aPerson, type BuiltPerson } from '../accounts/factory.ts';
import { aCourse, anEdition, type BuiltEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { type Tx, transaction } from '../database/transaction.ts';
import { type EventName, type EventPayload, record } from '../events.ts';
import { romeDay } from '../gateways/clock.ts';
import { attributionOf } from '../territory/attribution.ts';
import { aMunicipality, aProvince, type BuiltBody } from '../territory/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { type Cell, COUNTERS, type Counters, NO_COUNTERS } from './cell.ts';
import { aCertificate, aClosedAttempt, aSeat, type BuiltSeat, someMinutes } from './factory.ts';
import { checkStatistics, recountStatistics } from './recount-statistics.ts';

/** Random histories, followed by the real workers from events that arrive late, twice and in any order, end in the figures of a recount. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

type Told = { [N in EventName]: { name: N; payload: EventPayload<N> } }[EventName];

/** Around the ends of months, where Rome and UTC disagree. */
const MOMENTS = ['2026-01-10T09:00:00Z', '2026-01-31T22:59:59Z', '2026-01-31T23:00:00Z', '2026-03-31T21:59:59Z', '2026-03-31T22:00:00Z', '2026-05-02T12:00:00Z'].map((text) => new Date(text));

const AREAS = ['appalti', 'europa'] as const;
const PEOPLE = 3;
const EDITIONS = 3;
const BODIES = 4;

const person = fc.nat({ max: PEOPLE - 1 });
const seat = { person, edition: fc.nat({ max: EDITIONS - 1 }) };
const at = fc.constantFrom(...MOMENTS);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('enrol' as const), ...seat, at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), ...seat, at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('attempt' as const), ...seat, at, passed: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('complete' as const), ...seat, at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('certify' as const), ...seat, at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('revoke' as const), ...seat, at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('hours' as const), ...seat, at, minutes: fc.constantFrom(30, 45, -30) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), person, body: fc.nat({ max: BODIES - 1 }), at }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
/** What seldom comes by chance: one goes the whole way, and all is taken back. */
const wholeWay = fc.record({ ...seat, at }).map((of) => (['enrol', 'complete', 'certify', 'revoke'] as const).map((kind): Step => ({ kind, ...of })));
const history = fc.array(fc.oneof({ weight: 12, arbitrary: step.map((one): Step[] => [one]) }, { weight: 1, arbitrary: wholeWay }), { minLength: 25, maxLength: 60, size: 'max' }).map((parts) => parts.flat());

interface Stage {
  people: BuiltPerson[];
  editions: BuiltEdition[];
  bodies: BuiltBody[];
}

async function stage(): Promise<Stage> {
  const treviso = await aProvince('Treviso');
  const rome = (await database()('bodies').where({ istat_code: '058' }).first('id', 'name', 'istat_code')) as BuiltBody;
  const bodies = [treviso, await aMunicipality(treviso), await aProvince('Lecce'), rome];
  const people = [];
  for (let i = 0; i < PEOPLE; i += 1) people.push(await aPerson({ body: bodies[i % BODIES] ?? null }));
  const editions = [];
  for (let i = 0; i < EDITIONS; i += 1) editions.push(await anEdition({ course: await aCourse({ area: AREAS[i % 2] ?? 'appalti' }) }));
  return { people, editions, bodies };
}

/** Does the step if the state allows it. @returns what it made known. */
async function take(step: Step, { people, editions, bodies }: Stage): Promise<Told[]> {
  const who = people[step.person];
  if (!who) return [];
  if (step.kind === 'move') return move(who, bodies[step.body] ?? who);
  const edition = editions[step.edition];
  if (!edition) return [];
  const area = AREAS[step.edition % 2] ?? 'appalti';
  const found = (await database()('enrolments').where({ person_id: who.id, edition_id: edition.id }).first('*')) as (BuiltSeat & { status: string }) | undefined;
  const changed = (id: string, from: string | null, to: string): Told[] => [{ name: 'enrolment.changed', payload: { enrolmentId: id, from, to } }];
  const update = async (row: Record<string, unknown>) => database()('enrolments').where({ id: found?.id }).update(row);
  if (step.kind === 'enrol') {
    if (!found) return changed((await aSeat({ person: who, edition, activated_at: step.at })).id, null, 'active');
    if (found.status !== 'withdrawn' || !who.body_id) return [];
    await update({ status: 'active', activated_at: step.at, ended_at: null, body_id: who.body_id, member_id: await attributionOf(database(), who.body_id) });
    return changed(found.id, 'withdrawn', 'active');
  }
  if (!found) return [];
  if (step.kind === 'hours') return [{ name: 'hours.credited', payload: { hoursEntryId: (await someMinutes(found, area, step.minutes, romeDay(step.at))).id } }];
  if (step.kind === 'attempt') return [{ name: 'attempt.closed', payload: { attemptId: (await aClosedAttempt(found, edition, step.passed, step.at)).id } }];
  if (step.kind === 'withdraw' && found.status === 'active') {
    await update({ status: 'withdrawn', ended_at: step.at });
    return changed(found.id, 'active', 'withdrawn');
  }
  if (step.kind === 'complete' && found.status === 'active') {
    await update({ status: 'completed', completed_at: step.at, ended_at: step.at });
    return changed(found.id, 'active', 'completed');
  }
  const certificate = (await database()('certificates').where({ enrolment_id: found.id }).first('id')) as { id: string } | undefined;
  if (step.kind === 'certify' && found.status === 'completed' && !certificate) return [{ name: 'certificate.issued', payload: { certificateId: (await aCertificate(found, area, step.at)).id } }];
  if (step.kind === 'revoke' && certificate) {
    const [revoked] = await database()('certificate_revocations').insert({ certificate_id: certificate.id, reason: 'Prova', revoked_by: who.id }).onConflict('certificate_id').ignore().returning('certificate_id');
    return revoked ? [{ name: 'certificate.revoked', payload: { certificateId: certificate.id } }] : [];
  }
  return [];
}

/** She goes to another body, and what she has not finished goes with her. */
async function move(who: BuiltPerson, to: { id: string }): Promise<Told[]> {
  const from = who.body_id;
  if (!from || from === to.id) return [];
  await transaction(async (tx: Tx) => {
    await tx('people').where({ id: who.id }).update({ body_id: to.id });
    await tx('enrolments').where({ person_id: who.id }).whereNot('status', 'completed').update({ body_id: to.id, member_id: await attributionOf(tx, to.id) });
  });
  who.body_id = to.id;
  return [{ name: 'person.moved', payload: { personId: who.id, fromBodyId: from, toBodyId: to.id } }];
}

const tell = ({ name, payload }: Told) => transaction((tx) => record(tx, name, payload));

/** The cells as a second pair of eyes counts them: plain loops over the rows, another reading of the same sentences. */
async function countByHand(): Promise<(Cell & Counters)[]> {
  const cells = new Map<string, Cell & Counters>();
  const add = (memberId: string | null, area: string, day: string, counts: Partial<Counters>) => {
    const month = `${day.slice(0, 7)}-01`;
    const cell = cells.get(`${memberId} ${area} ${month}`) ?? { memberId, area, month, ...NO_COUNTERS };
    for (const counter of COUNTERS) cell[counter] += counts[counter] ?? 0;
    cells.set(`${memberId} ${area} ${month}`, cell);
  };
  const areas = new Map((await database()('editions').join('courses', 'courses.id', 'editions.course_id').select('editions.id', 'courses.area_code') as { id: string; area_code: string }[]).map(({ id, area_code }) => [id, area_code]));
  const enrolments = (await database()('enrolments')) as { id: string; edition_id: string; member_id: string | null; status: string; activated_at: Date | null; completed_at: Date | null }[];
  for (const { member_id, edition_id, status, activated_at, completed_at } of enrolments) {
    const area = areas.get(edition_id) ?? '';
    if (activated_at) add(member_id, area, romeDay(activated_at), { enrolled: 1, active: status === 'active' ? 1 : 0 });
    if (completed_at && status === 'completed') add(member_id, area, romeDay(completed_at), { completed: 1 });
  }
  for (const { enrolment_id, closed_at, passed } of (await database()('attempts').whereNotNull('closed_at')) as { enrolment_id: string; closed_at: Date; passed: boolean }[]) {
    const enrolment = enrolments.find(({ id }) => id === enrolment_id);
    if (enrolment) add(enrolment.member_id, areas.get(enrolment.edition_id) ?? '', romeDay(closed_at), { attempts: 1, passed: passed ? 1 : 0 });
  }
  for (const { member_id, area_code, day, minutes } of (await database()('hours_entries')) as { member_id: string | null; area_code: string; day: string; minutes: number }[]) add(member_id, area_code, day, { minutes });
  const revoked = new Set((await database()('certificate_revocations').pluck('certificate_id')) as string[]);
  const certificates = ((await database()('certificates')) as { id: string; person_id: string; member_id: string | null; area_code: string; issued_at: Date }[])
    .filter(({ id }) => !revoked.has(id)).sort((a, b) => a.issued_at.getTime() - b.issued_at.getTime() || (a.id < b.id ? -1 : 1));
  const counted = new Set<string>();
  for (const { person_id, member_id, area_code, issued_at } of certificates) {
    const first = !counted.has(`${person_id} ${area_code}`);
    counted.add(`${person_id} ${area_code}`);
    add(member_id, area_code, romeDay(issued_at), { certified: 1, people: first ? 1 : 0 });
  }
  return inOrder([...cells.values()].filter((cell) => COUNTERS.some((counter) => cell[counter] !== 0)));
}

async function keptCells(): Promise<(Cell & Counters)[]> {
  return inOrder(await database()('statistics_cells').select('member_id as memberId', 'area_code as area', 'month', ...COUNTERS));
}

const inOrder = (cells: (Cell & Counters)[]) => cells.sort((a, b) => `${a.month} ${a.area} ${a.memberId}`.localeCompare(`${b.month} ${b.area} ${b.memberId}`));

describe('the figures kept from events', () => {
  it('equal a recount, whatever happened and however the events arrived', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(history, fc.infiniteStream(fc.constantFrom('now', 'twice', 'late', 'late twice')), fc.infiniteStream(fc.nat()), async (steps, arrivals, order) => {
        const scene = await stage();
        const late: Told[] = [];
        for (const one of steps) {
          const arrival = arrivals.next().value ?? 'now';
          const told = await take(one, scene);
          for (const { name } of told) seen.add(name);
          for (const event of told) {
            if (arrival.startsWith('late')) late.push(event);
            else await tell(event);
            if (arrival === 'twice') await tell(event);
            else if (arrival.endsWith('twice')) late.push(event);
          }
        }
        const shuffled = late.map((event) => ({ event, place: order.next().value ?? 0 })).sort((a, b) => a.place - b.place);
        await Promise.all(shuffled.map(({ event }) => tell(event)));
        await app.settled();
        const kept = await keptCells();
        expect(kept).toEqual(await countByHand());
        expect(await checkStatistics()).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: false },
    );
    // It would have failed: every kind of event happened, and cells were kept at all
    expect([...seen].sort()).toEqual(['attempt.closed', 'certificate.issued', 'certificate.revoked', 'enrolment.changed', 'hours.credited', 'person.moved']);
    expect((await keptCells()).length).toBeGreaterThan(20);
  }, 300_000);

  it('are told when they are wrong, and mended', async () => {
    const who = await aPerson({ body: await aProvince('Lecce') });
    const edition = await anEdition({ course: await aCourse({ area: 'innovazione' }) });
    await aSeat({ person: who, edition, activated_at: new Date('2025-06-10T10:00:00Z') });
    await recountStatistics();
    const right = await keptCells();
    const place = { memberId: (await aProvince('Lecce')).id, area: 'innovazione', month: '2025-06-01' };
    await database()('statistics_cells').where({ member_id: place.memberId, area_code: place.area, month: place.month }).update({ enrolled: 7, minutes: 600 });
    await database()('statistics_cells').insert({ member_id: null, area_code: 'personale', month: '2020-01-01', completed: 3 });
    const wrong = [
      { memberId: null, area: 'personale', month: '2020-01-01', counter: 'completed', was: 3, is: 0 },
      { ...place, counter: 'enrolled', was: 7, is: 1 },
      { ...place, counter: 'minutes', was: 600, is: 0 },
    ];
    expect(await checkStatistics()).toEqual(wrong);
    expect(await keptCells()).not.toEqual(right);
    expect(await recountStatistics()).toEqual(wrong);
    expect(await keptCells()).toEqual(right);
    expect(await recountStatistics()).toEqual([]);
  });

  it('come back whole when every cell was lost', async () => {
    const right = await keptCells();
    expect(right.length).toBeGreaterThan(20);
    await database()('statistics_cells').delete();
    expect((await recountStatistics()).length).toBeGreaterThan(20);
    expect(await keptCells()).toEqual(right);
  });
});
