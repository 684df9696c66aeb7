import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { anEnrolment } from './factory.ts';
import { endAwaiting, endEnrolments } from './end-enrolments.ts';
import { moveEnrolments } from './move-enrolments.ts';

interface Summary {
  id: string;
  status: string;
  waitingPosition: number | null;
  reason: string | null;
  code?: string;
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe('enrolments of somebody who moves, or in an edition that ends', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  const enrol = async (person: { id: string }, edition: { id: string }, body: object = {}) => (await app.as(person)).put<Summary>(`editions/${edition.id}/enrolment`, body);
  const statusOf = async (id: string) => ((await database()('enrolments').where({ id }).first('status')) as { status: string }).status;

  it('takes one edition of a course at a time, also when two are asked for at once', async () => {
    const course = await aCourse();
    const [spring, autumn, past] = [await anEdition({ course, code: 'PRIMAVERA' }), await anEdition({ course, code: 'AUTUNNO', approval: 'coordinator' }), await anEdition({ course })];
    const person = await aPerson();
    // An edition that is over without her having finished holds nobody back
    await anEnrolment({ person, edition: past });
    await database()('editions').where({ id: past.id }).update({ starts_on: day(-30), ends_on: day(-2), enrol_from: day(-40), enrol_until: day(-20) });
    const client = await app.as(person);
    const replies = await Promise.all([spring, autumn, spring, autumn].map((edition) => client.put<Summary>(`editions/${edition.id}/enrolment`)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
    const [taken, other] = replies[0]?.status === 200 ? ['PRIMAVERA', autumn] as const : ['AUTUNNO', spring] as const;
    const refused = await client.put<{ code: string; detail: string }>(`editions/${other.id}/enrolment`);
    expect(refused.body).toMatchObject({ code: 'enrolled-elsewhere' });
    expect(refused.body.detail).toContain(taken);
    expect(await database()('enrolments').where({ person_id: person.id }).whereIn('edition_id', [spring.id, autumn.id])).toHaveLength(1);
    await client.put(`enrolments/${replies.find(({ status }) => status === 200)?.body.id}/withdrawal`);
    expect((await client.put(`editions/${other.id}/enrolment`)).status).toBe(200);
  });

  it('ends with its edition, unless it was completed, and frees the person for another one', async () => {
    const course = await aCourse();
    const edition = await anEdition({ course, seats: 1 });
    const completed = await anEnrolment({ edition, status: 'completed' });
    const [waiting, next] = [await aPerson(), await anEdition({ course })];
    const enrolment = (await enrol(waiting, edition)).body;
    expect(enrolment.status).toBe('waiting');
    await endEnrolments({ editionId: edition.id });
    expect(await statusOf(enrolment.id)).toBe('waiting');
    await database()('editions').where({ id: edition.id }).update({ cancelled_at: new Date(), cancel_reason: 'Docente indisponibile' });
    await endEnrolments({ editionId: edition.id });
    await endEnrolments({ editionId: edition.id });
    expect((await (await app.as(waiting)).get<Summary>(`enrolments/${enrolment.id}`)).body).toMatchObject({ status: 'withdrawn', reason: 'Docente indisponibile' });
    expect(await database()('enrolment_changes').where({ enrolment_id: enrolment.id, to_status: 'withdrawn' })).toMatchObject([{ by_person_id: null }]);
    expect(await statusOf(completed.id)).toBe('completed');
    expect((await enrol(waiting, next)).body.status).toBe('active');
  });

  it('awaits nothing any more once the edition is over', async () => {
    const edition = await anEdition({ seats: 1 });
    const [seated, waiting] = [await anEnrolment({ edition }), (await enrol(await aPerson(), edition)).body];
    expect(waiting.status).toBe('waiting');
    await endAwaiting();
    expect(await statusOf(waiting.id)).toBe('waiting');
    await database()('editions').where({ id: edition.id }).update({ starts_on: day(-30), ends_on: day(-1), enrol_from: day(-40), enrol_until: day(-20) });
    await endAwaiting();
    expect(await statusOf(waiting.id)).toBe('withdrawn');
    expect(await statusOf(seated.id)).toBe('active');
  });

  it('counts for the body that she belongs to at that instant, not for the one her session remembers', async () => {
    const [person, edition] = [await aPerson(), await anEdition()];
    const client = await app.as(person);
    const nuoro = await aProvince('Nuoro');
    // She moves while her request waits for the lock
    const moving = database().transaction(async (tx) => {
      await tx('people').where({ id: person.id }).forUpdate().first('id');
      const asked = client.put<Summary>(`editions/${edition.id}/enrolment`);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx('people').where({ id: person.id }).update({ body_id: nuoro.id });
      return { asked };
    });
    const { asked } = await moving;
    const { body } = await asked;
    expect(await database()('enrolments').where({ id: body.id }).first('body_id', 'member_id')).toEqual({ body_id: nuoro.id, member_id: nuoro.id });
  });

  it('moves open enrolments with the person and leaves completed ones', async () => {
    const [treviso, nuoro] = [await aProvince('Treviso'), await aProvince('Nuoro')];
    const edition = await anEdition({ seats_per_member: 1 });
    const person = await aPerson({ body: treviso });
    const open = await anEnrolment({ person, edition });
    const completed = await anEnrolment({ person, status: 'completed' });
    const waiting = (await enrol(await aPerson({ body: treviso }), edition)).body;
    expect(waiting.status).toBe('waiting');
    // The news of an older move changes nothing
    await moveEnrolments({ personId: person.id, toBodyId: nuoro.id });
    expect(await database()('enrolments').where({ id: open.id }).first('body_id')).toEqual({ body_id: treviso.id });
    await database()('people').where({ id: person.id }).update({ body_id: nuoro.id });
    await moveEnrolments({ personId: person.id, toBodyId: nuoro.id });
    await moveEnrolments({ personId: person.id, toBodyId: nuoro.id });
    expect(await database()('enrolments').where({ id: open.id }).first('body_id', 'member_id')).toEqual({ body_id: nuoro.id, member_id: nuoro.id });
    expect(await database()('enrolments').where({ id: completed.id }).first('body_id', 'member_id')).toEqual({ body_id: treviso.id, member_id: treviso.id });
    expect(await statusOf(waiting.id)).toBe('active');
  });
});
