import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { react } from '../../workers/reactions.ts';
import { aCoordinator, anAdministrator, aPerson } from '../accounts/factory.ts';
import { anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { anEnrolment } from './factory.ts';
import { promoteAllWaiting } from './promote-waiting.ts';

interface Summary {
  id: string;
  status: string;
  waitingPosition: number | null;
  reason: string | null;
  code?: string;
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe('enrolment', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  const enrol = async (person: { id: string }, edition: { id: string }, body: object = {}) => (await app.as(person)).put<Summary>(`editions/${edition.id}/enrolment`, body);
  const statusOf = async (id: string) => ((await database()('enrolments').where({ id }).first('status')) as { status: string }).status;

  it('gives a seat at once where there is one, and asked twice changes nothing', async () => {
    const [person, edition] = [await aPerson(), await anEdition()];
    const first = await enrol(person, edition);
    expect(first.status).toBe(200);
    expect(first.body.status).toBe('active');
    expect((await enrol(person, edition)).body.id).toBe(first.body.id);
    const changes = await database()('enrolment_changes').where({ enrolment_id: first.body.id });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ from_status: null, to_status: 'active', by_person_id: person.id });
  });

  it('refuses who is not signed in, who has no body, and what is not open', async () => {
    const edition = await anEdition();
    expect((await app.anonymous().put(`editions/${edition.id}/enrolment`)).status).toBe(401);
    expect((await enrol(await aPerson({ body: null }), edition)).body).toMatchObject({ code: 'no-body' });
    const person = await aPerson();
    expect((await enrol(person, edition)).status).toBe(200);
    expect((await enrol(person, await anEdition({ enrol_until: day(-1) }))).body).toMatchObject({ code: 'enrolment-closed' });
    expect((await enrol(person, await anEdition({ enrol_from: day(1) }))).body).toMatchObject({ code: 'enrolment-closed' });
    expect((await enrol(person, await anEdition({ cancelled_at: new Date() }))).body).toMatchObject({ code: 'enrolment-closed' });
    expect((await enrol(person, await anEdition({ published_at: null }))).status).toBe(404);
  });

  it('gives the last seat to exactly one of many who race for it', async () => {
    const edition = await anEdition({ seats: 3 });
    const people = await Promise.all(Array.from({ length: 12 }, () => aPerson()));
    const clients = await Promise.all(people.map((person) => app.as(person)));
    const replies = await Promise.all(clients.map((client) => client.put<Summary>(`editions/${edition.id}/enrolment`)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(replies.filter(({ body }) => body.status === 'active')).toHaveLength(3);
    expect(replies.filter(({ body }) => body.status === 'waiting')).toHaveLength(9);
  });

  it('counts the seats of each Province, its municipalities included, and leaves the others theirs', async () => {
    const edition = await anEdition({ seats_per_member: 2 });
    const [treviso, nuoro] = [await aProvince('Treviso'), await aProvince('Nuoro')];
    const town = await aMunicipality(treviso);
    expect((await enrol(await aPerson({ body: treviso }), edition)).body.status).toBe('active');
    expect((await enrol(await aPerson({ body: town }), edition)).body.status).toBe('active');
    expect((await enrol(await aPerson({ body: town }), edition)).body).toMatchObject({ status: 'waiting' });
    expect((await enrol(await aPerson({ body: nuoro }), edition)).body.status).toBe('active');
  });

  it('promotes who waits longest the moment a seat becomes free', async () => {
    const edition = await anEdition({ seats: 1 });
    const [first, second, third] = [await aPerson(), await aPerson(), await aPerson()];
    const seated = (await enrol(first, edition)).body;
    const waiting = (await enrol(second, edition)).body;
    const later = (await enrol(third, edition)).body;
    expect([waiting.status, later.status]).toEqual(['waiting', 'waiting']);
    expect((await (await app.as(third)).get<Summary>(`enrolments/${later.id}`)).body.waitingPosition).toBe(2);
    const gone = await (await app.as(first)).put<Summary>(`enrolments/${seated.id}/withdrawal`, { reason: 'Cambio ufficio' });
    expect(gone.body).toMatchObject({ status: 'withdrawn', reason: 'Cambio ufficio' });
    expect(await statusOf(waiting.id)).toBe('active');
    expect(await statusOf(later.id)).toBe('waiting');
  });

  it('lets who does not fit the seats of her Province let the next one pass', async () => {
    const edition = await anEdition({ seats: 2, seats_per_member: 1 });
    const [treviso, nuoro, siena] = [await aProvince('Treviso'), await aProvince('Nuoro'), await aProvince('Siena')];
    await enrol(await aPerson({ body: treviso }), edition);
    const leaving = await aPerson({ body: nuoro });
    const seat = (await enrol(leaving, edition)).body;
    const sameProvince = (await enrol(await aPerson({ body: treviso }), edition)).body;
    const other = (await enrol(await aPerson({ body: siena }), edition)).body;
    await (await app.as(leaving)).put(`enrolments/${seat.id}/withdrawal`);
    expect(await statusOf(sameProvince.id)).toBe('waiting');
    expect(await statusOf(other.id)).toBe('active');
  });

  it('gives raised seats to who waits by the scheduled job', async () => {
    const edition = await anEdition({ seats: 1 });
    await enrol(await aPerson(), edition);
    const waiting = (await enrol(await aPerson(), edition)).body;
    await database()('editions').where({ id: edition.id }).update({ seats: 2 });
    expect(await statusOf(waiting.id)).toBe('waiting');
    await promoteAllWaiting();
    expect(await statusOf(waiting.id)).toBe('active');
  });

  it('gives raised seats to who waits as soon as the edition is changed', async () => {
    const edition = await anEdition({ seats: 1 });
    await enrol(await aPerson(), edition);
    const [first, second] = [(await enrol(await aPerson(), edition)).body, (await enrol(await aPerson(), edition)).body];
    expect([first.status, second.status]).toEqual(['waiting', 'waiting']);
    expect((await (await app.as(await anAdministrator())).patch(`editions/${edition.id}`, { seats: 2 })).status).toBe(200);
    const { rows } = await database().raw<{ rows: { data: { payload: unknown } }[] }>("select data from bullmq.job where data->>'event' = 'edition.changed' and data->'payload'->>'editionId' = ?", [edition.id]);
    expect(rows).toHaveLength(1);
    for (const { data } of [...rows, ...rows]) await react('edition.changed', data.payload);
    expect(await Promise.all([statusOf(first.id), statusOf(second.id)])).toEqual(['active', 'waiting']);
  });

  it('asks the coordinator where the edition says so, and her refusal needs a reason', async () => {
    const edition = await anEdition({ approval: 'coordinator' });
    const treviso = await aProvince('Treviso');
    const coordinator = await app.as(await aCoordinator({ body: treviso }));
    const person = await aPerson({ body: treviso });
    const request = (await enrol(person, edition, { motivation: 'Seguo le gare' })).body;
    expect(request.status).toBe('requested');
    const queue = await coordinator.get<{ items: { id: string; motivation: string; abilities: { decide: boolean } }[] }>('enrolments/outcomes?status=requested');
    expect(queue.body.items.find(({ id }) => id === request.id)).toMatchObject({ motivation: 'Seguo le gare', abilities: { decide: true } });
    expect((await coordinator.put(`enrolments/${request.id}/decision`, { decision: 'refused' })).status).toBe(422);
    expect((await coordinator.put(`enrolments/${request.id}/decision`, { decision: 'refused', reason: 'Posti riservati alla SUA' })).status).toBe(200);
    expect((await (await app.as(person)).get<Summary>(`enrolments/${request.id}`)).body).toMatchObject({ status: 'refused', reason: 'Posti riservati alla SUA' });
    expect((await coordinator.put(`enrolments/${request.id}/decision`, { decision: 'approved' })).body).toMatchObject({ code: 'enrolment-decided' });
    // She may ask again, and this time she is approved
    expect((await enrol(person, edition)).body).toMatchObject({ id: request.id, status: 'requested' });
    await coordinator.put(`enrolments/${request.id}/decision`, { decision: 'approved' });
    expect(await statusOf(request.id)).toBe('active');
    expect(await database()('audit_entries').where({ subject_id: request.id })).toHaveLength(2);
  });

  it('hides requests from the coordinator of another Province and decisions from members', async () => {
    const edition = await anEdition({ approval: 'coordinator' });
    const request = (await enrol(await aPerson({ body: await aProvince('Treviso') }), edition)).body;
    const stranger = await app.as(await aCoordinator({ body: await aProvince('Nuoro') }));
    expect((await stranger.put(`enrolments/${request.id}/decision`, { decision: 'approved' })).status).toBe(404);
    const seen = await stranger.get<{ items: { id: string }[] }>('enrolments/outcomes?limit=100');
    expect(seen.body.items.map(({ id }) => id)).not.toContain(request.id);
    expect((await (await app.as(await aPerson())).put(`enrolments/${request.id}/decision`, { decision: 'approved' })).status).toBe(403);
    const own = await app.as(await aCoordinator({ body: await aProvince('Treviso') }));
    expect((await own.put(`enrolments/${request.id}/decision`, { decision: 'approved' })).status).toBe(200);
  });

  it('keeps another person out: her enrolment is not found', async () => {
    const mine = await anEnrolment();
    const owner = await app.as(mine.person);
    const stranger = await app.as(await aPerson());
    for (const [method, path] of [['GET', ''], ['GET', '/completion'], ['PUT', '/withdrawal'], ['GET', '/lessons/lezione-1'], ['PUT', '/lessons/lezione-1/completion']] as const) {
      expect([path, (await stranger.call(method, `enrolments/${mine.id}${path}`, method === 'PUT' ? {} : undefined)).status]).toEqual([path, 404]);
    }
    expect((await owner.get(`enrolments/${mine.id}`)).status).toBe(200);
  });

  it('lets a coordinator enrol colleagues of her own bodies, each for herself', async () => {
    const edition = await anEdition({ approval: 'coordinator', seats_per_member: 1 });
    const treviso = await aProvince('Treviso');
    const coordinator = await app.as(await aCoordinator({ body: treviso }));
    const [first, second, stranger] = [await aPerson({ body: treviso }), await aPerson({ body: treviso }), await aPerson({ body: await aProvince('Nuoro') })];
    const reply = await coordinator.post<{ items: { personId: string; status: string | null; code: string | null }[] }>(`editions/${edition.id}/enrolments`, { personIds: [first.id, second.id, stranger.id] });
    expect(reply.body.items).toEqual([
      { personId: first.id, status: 'active', code: null },
      { personId: second.id, status: 'waiting', code: null },
      { personId: stranger.id, status: null, code: 'colleague-not-yours' },
    ]);
    expect((await (await app.as(first)).post(`editions/${edition.id}/enrolments`, { personIds: [second.id] })).status).toBe(403);
  });

  it('lets somebody else decide on a coordinator’s own request, also when she enrols herself as a colleague', async () => {
    const edition = await anEdition({ approval: 'coordinator' });
    const siena = await aProvince('Siena');
    const person = await aCoordinator({ body: siena });
    const client = await app.as(person);
    await client.post(`editions/${edition.id}/enrolments`, { personIds: [person.id] });
    const { body } = await client.get<{ items: (Summary & { abilities: { decide: boolean } })[] }>('enrolments/outcomes?status=requested');
    const [own] = body.items;
    expect(own).toMatchObject({ status: 'requested', abilities: { decide: false } });
    expect((await client.put(`enrolments/${own?.id}/decision`, { decision: 'approved' })).body).toMatchObject({ status: 403, code: 'enrolment-own' });
    expect((await (await app.as(await aCoordinator({ body: siena }))).put(`enrolments/${own?.id}/decision`, { decision: 'approved' })).status).toBe(200);
    expect(await statusOf(own?.id ?? '')).toBe('active');
  });

  it('does not enrol a colleague who is suspended', async () => {
    const [edition, siena] = [await anEdition(), await aProvince('Siena')];
    const client = await app.as(await aCoordinator({ body: siena }));
    const [present, suspended] = [await aPerson({ body: siena }), await aPerson({ body: siena })];
    await database()('people').where({ id: suspended.id }).update({ suspended_at: new Date() });
    const { body } = await client.post<{ items: object[] }>(`editions/${edition.id}/enrolments`, { personIds: [present.id, suspended.id] });
    expect(body.items).toMatchObject([{ status: 'active' }, { status: null, code: 'colleague-not-yours' }]);
  });

  it('lets a request for a cancelled edition only be refused', async () => {
    const [edition, siena] = [await anEdition({ approval: 'coordinator' }), await aProvince('Siena')];
    const request = (await enrol(await aPerson({ body: siena }), edition)).body;
    const client = await app.as(await aCoordinator({ body: siena }));
    await database()('editions').where({ id: edition.id }).update({ cancelled_at: new Date(), cancel_reason: 'Docente indisponibile' });
    expect((await client.put(`enrolments/${request.id}/decision`, { decision: 'approved' })).body).toMatchObject({ code: 'edition-over' });
    expect((await client.put(`enrolments/${request.id}/decision`, { decision: 'refused', reason: 'Edizione annullata' })).status).toBe(200);
    expect(await statusOf(request.id)).toBe('refused');
  });

  it('does not let a completed enrolment be given up or asked for again', async () => {
    const done = await anEnrolment({ status: 'completed' });
    const client = await app.as(done.person);
    expect((await client.put(`enrolments/${done.id}/withdrawal`)).body).toMatchObject({ code: 'enrolment-ended' });
    expect((await client.put(`editions/${done.edition.id}/enrolment`)).body).toMatchObject({ code: 'enrolment-completed' });
  });
});
