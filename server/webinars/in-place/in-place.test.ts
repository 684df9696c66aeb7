import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../../accounts/factory.ts';
import type { OwnScan, PresenceCode } from '../../contract/presence-code.ts';
import type { Register } from '../../contract/webinars.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aSeat, aStaff, aWebinar } from '../factory.ts';
import { listEntries } from '../read-register.ts';
import { brokenAt, closeAbandoned } from '../record-presence.ts';
import { CODE_MS, GRACE_MS } from './code.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());
afterEach(() => clock.reset());

async function aClassroom(starts = -5, kind: 'class' | 'open' = 'class') {
  const [trainer, moderator, learner, stranger] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
  const webinar = await aWebinar({ kind, starts, minutes: 60, organiser: trainer });
  await aStaff(webinar, moderator, 'moderator');
  await aSeat(webinar, learner);
  return { webinar, learner, path: `webinars/${webinar.number}`, desk: await app.as(trainer), keeps: await app.as(moderator), seat: await app.as(learner), outside: await app.as(stranger) };
}

const codes = async (reply: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await reply;
  const { code, errors } = body as { code?: string; errors?: { code?: string; path: string }[] };
  return [status, code, ...(errors ?? []).map((error) => `${error.path} ${error.code}`)];
};
const shown = async (desk: TestClient, path: string) => (await desk.get<PresenceCode>(`${path}/presence-code`)).body;
/** To the beginning of the next code, so that nothing changes while one looks. */
const toNextCode = () => clock.advance(CODE_MS - (clock.now().getTime() % CODE_MS) + 100);

describe('the code of a physical room', () => {
  it('brings in and out, as lines of the register that stand whatever becomes of a process; said twice it happened once', async () => {
    const { webinar, learner, path, desk, seat } = await aClassroom();
    toNextCode();
    const { code, address, picture } = await shown(desk, path);
    expect(address).toMatch(new RegExp(`/webinar/${webinar.number}/presente\\?codice=${code}$`));
    expect(picture).toContain('<svg');
    expect((await seat.get<OwnScan>(`${path}/presence`)).body).toEqual({ since: null });
    expect(await codes(seat.post(`${path}/presence`, { clientId: randomUUID(), code, what: 'leave' }))).toEqual([409, 'presence-not-in']);
    // By hand, in small letters; and twice at once
    const first = randomUUID();
    const twice = await Promise.all([seat.post<OwnScan>(`${path}/presence`, { clientId: first, code: ` ${code.toLowerCase()} `, what: 'join' }), seat.post<OwnScan>(`${path}/presence`, { clientId: randomUUID(), code, what: 'join' })]);
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect(twice[0]?.body.since).toBe(twice[1]?.body.since);
    await database()('presence_processes').whereNull('ended_at').update({ seen_at: new Date(0) });
    await closeAbandoned();
    clock.advance(30 * 60_000);
    toNextCode();
    const next = await shown(desk, path);
    expect(next.code).not.toBe(code);
    expect((await seat.post<OwnScan>(`${path}/presence`, { clientId: randomUUID(), code: next.code, what: 'leave' })).body).toEqual({ since: null });
    // Both come again, late: nothing more happened
    expect((await seat.post<OwnScan>(`${path}/presence`, { clientId: randomUUID(), code: next.code, what: 'leave' })).body).toEqual({ since: null });
    const entries = await listEntries(database(), webinar.id);
    expect((await seat.post<OwnScan>(`${path}/presence`, { clientId: entries[0]?.connection, code: next.code, what: 'join' })).body).toEqual({ since: null });
    expect(await listEntries(database(), webinar.id)).toHaveLength(2);
    expect(entries.map(({ person_id, what, process }) => [person_id, what, process])).toEqual([[learner.id, 'join', null], [learner.id, 'leave', null]]);
    expect(brokenAt(entries)).toBeUndefined();
    const row = (await desk.get<Register>(`${path}/register`)).body.rows.find(({ person }) => person.id === learner.id);
    expect(Math.abs((row?.seconds ?? 0) - 1800)).toBeLessThan(60);
    expect(row?.present).toBe(false);
  });

  it('holds while it is shown and a little longer, and is no other lesson’s', async () => {
    const { path, desk, seat } = await aClassroom();
    toNextCode();
    const { code, leftMs, everyMs } = await shown(desk, path);
    expect([leftMs > 0, leftMs <= CODE_MS, everyMs]).toEqual([true, true, CODE_MS]);
    // For who is just typing it
    clock.advance(CODE_MS + GRACE_MS - 5000);
    expect((await seat.post(`${path}/presence`, { clientId: randomUUID(), code, what: 'join' })).status).toBe(200);
    clock.advance(5000);
    const wrong = [422, 'invalid', 'body.code presence-code-wrong'];
    expect(await codes(seat.post(`${path}/presence`, { clientId: randomUUID(), code, what: 'leave' }))).toEqual(wrong);
    const other = await aClassroom();
    expect(await codes(seat.post(`${path}/presence`, { clientId: randomUUID(), code: (await shown(other.desk, other.path)).code, what: 'leave' }))).toEqual(wrong);
    expect(await codes(seat.post(`${path}/presence`, { clientId: randomUUID(), code: 'AAAAAA', what: 'leave' }))).toEqual(wrong);
    expect((await seat.post(`${path}/presence`, { clientId: randomUUID(), code: '', what: 'in' })).status).toBe(422);
  });

  it('marks who never goes out, and lets out who is sent away; an inspector is in no register', async () => {
    const { webinar, learner, path, desk, seat } = await aClassroom();
    const [second, inspector] = [await aPerson(), await aPerson()];
    await aSeat(webinar, second);
    await aStaff(webinar, inspector, 'inspector');
    toNextCode();
    const { code } = await shown(desk, path);
    for (const browser of [seat, await app.as(second)]) expect((await browser.post(`${path}/presence`, { clientId: randomUUID(), code, what: 'join' })).status).toBe(200);
    expect(await codes((await app.as(inspector)).post(`${path}/presence`, { clientId: randomUUID(), code, what: 'join' }))).toEqual([403, 'forbidden']);
    expect((await desk.put(`${path}/people/${second.id}/removal`, { reason: 'Disturbava la lezione' })).status).toBe(200);
    const rowOf = async (person: { id: string }) => (await desk.get<Register>(`${path}/register`)).body.rows.find((row) => row.person.id === person.id);
    expect([(await rowOf(learner))?.present, (await rowOf(learner))?.noExit, (await rowOf(second))?.present]).toEqual([true, false, false]);
    clock.advance(70 * 60_000);
    expect([(await rowOf(learner))?.present, (await rowOf(learner))?.noExit, (await rowOf(second))?.noExit]).toEqual([false, true, false]);
    expect((await rowOf(second))?.minutes).toBe(0);
    expect((await (await desk.raw('GET', `/api/v1/${path}/register/csv`)).text()).match(/non registrata/g)).toHaveLength(1);
  });

  it('is shown to who runs the lesson, while it is open; and brings in who has a seat', async () => {
    const { path, desk, keeps, seat, outside } = await aClassroom();
    for (const browser of [keeps, seat, outside]) expect(await codes(browser.get(`${path}/presence-code`))).toEqual([403, 'forbidden']);
    const { code } = await shown(desk, path);
    expect(await codes(outside.post(`${path}/presence`, { clientId: randomUUID(), code, what: 'join' }))).toEqual([403, 'webinar-not-registered']);
    // An open webinar has no register
    const open = await aClassroom(-5, 'open');
    expect(await codes(open.desk.get(`${open.path}/presence-code`))).toEqual([409, 'register-none']);
    expect(await codes(open.seat.post(`${open.path}/presence`, { clientId: randomUUID(), code, what: 'join' }))).toEqual([409, 'register-none']);
    const coming = await aClassroom(600);
    expect(await codes(coming.desk.get(`${coming.path}/presence-code`))).toEqual([403, 'webinar-doors-closed']);
    expect(await codes(coming.seat.post(`${coming.path}/presence`, { clientId: randomUUID(), code, what: 'join' }))).toEqual([403, 'webinar-doors-closed']);
  });
});
