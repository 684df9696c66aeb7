import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { aCoordinator, anAdministrator, aPerson } from '../accounts/factory.ts';
import type { MembersStatistics, ProgrammeStatistics, SeriesStatistics } from '../contract/statistics.ts';
import { aCourse, anEdition, type BuiltEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { record } from '../events.ts';
import { romeDay } from '../gateways/clock.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { announceNow } from './announce-change.ts';
import { aCertificate, aClosedAttempt, aSeat, someMinutes } from './factory.ts';
import { recountStatistics } from './recount-statistics.ts';

let app: TestApp;
let editions: { appalti: BuiltEdition; europa: BuiltEdition };

/** So many people of a body trained in an area. */
async function train(body: { id: string }, area: 'appalti' | 'europa', count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const person = await aPerson({ body });
    const seat = await aSeat({ person, edition: editions[area], status: 'completed' });
    await aClosedAttempt(seat, editions[area], true);
    await someMinutes(seat, area, 600, romeDay());
    await aCertificate(seat, area);
  }
}

const bodyWhere = async (where: Record<string, string>) => {
  const body = (await database()('bodies').where(where).first('id', 'name', 'istat_code')) as { id: string; name: string; istat_code: string } | undefined;
  if (!body) throw new Error(`no body ${JSON.stringify(where)}`);
  return body;
};
const byCode = (istat_code: string) => bodyWhere({ istat_code });

beforeAll(async () => {
  app = await startTestApp();
  editions = { appalti: await anEdition({ course: await aCourse({ area: 'appalti' }) }), europa: await anEdition({ course: await aCourse({ area: 'europa' }) }) };
  const treviso = await aProvince('Treviso');
  await train(treviso, 'appalti', 7);
  await train(await aMunicipality(treviso), 'appalti', 1);
  await train(treviso, 'europa', 3);
  await train(await aProvince('Lecce'), 'appalti', 2);
  await train(await bodyWhere({ name: 'Alghero', kind: 'municipality' }), 'appalti', 1);
  await train(await byCode('058'), 'appalti', 6);
  await recountStatistics();
});
afterAll(() => app.close());

const members = async (client: TestClient, query = '') => (await client.get<MembersStatistics>(`statistics/members${query}`)).body;
const rowOf = (list: MembersStatistics, code: string) => {
  const row = list.items.find(({ istatCode }) => istatCode === code);
  if (!row) throw new Error(`no row ${code}`);
  return row;
};
const hidden = { value: null, from: 0, to: 4, hidden: true };
const exactly = (value: number) => ({ value, from: value, to: value, hidden: false });

describe('the programme', () => {
  it('shows the targets and totals to anybody, hidden below five', async () => {
    const { status, body } = await app.anonymous().get<ProgrammeStatistics>('statistics/programme');
    expect(status).toBe(200);
    expect(body).toMatchObject({ vintage: '2024-12-31', members: 86 });
    expect(body.areas.map(({ area, target }) => [area, target])).toEqual([['appalti', 430], ['europa', 258], ['innovazione', 258], ['personale', 344]]);
    expect(body.areas[0]).toMatchObject({ figures: { people: exactly(11), completed: exactly(11), minutes: 6600, tests: { passed: 11, taken: 11 } }, outside: { people: exactly(6) } });
    expect(body.areas[1]).toMatchObject({ figures: { people: hidden, minutes: null, tests: null } });
    expect(body.total).toMatchObject({ target: 1290, figures: { people: { value: null, from: 11, to: 23 } } });
  });

  it('shows UPI everything', async () => {
    const { body } = await (await app.as(await anAdministrator())).get<ProgrammeStatistics>('statistics/programme');
    expect(body.areas[1]?.figures.people).toEqual(exactly(3));
    expect(body.total.figures.people).toEqual(exactly(14));
  });

  it('adds up: the members and what is outside are every row there is', async () => {
    const admin = await app.as(await anAdministrator());
    const list = await members(admin);
    const { body } = await admin.get<ProgrammeStatistics>('statistics/programme');
    const { rows } = await database().raw<{ rows: { people: number; enrolled: number; minutes: number }[] }>(
      'select (select count(distinct (person_id, area_code)) from certificates) as people, (select count(*) from enrolments) as enrolled, (select sum(minutes) from hours_entries) as minutes',
    );
    const sum = (pick: (figures: ProgrammeStatistics['total']['figures']) => number | null) =>
      list.items.reduce((total, { figures }) => total + (pick(figures) ?? 0), 0) + body.areas.reduce((total, { outside }) => total + (pick(outside) ?? 0), 0);
    expect(rows[0]).toEqual({ people: sum(({ people }) => people.value), enrolled: sum(({ enrolled }) => enrolled.value), minutes: sum(({ minutes }) => minutes) });
    expect(list.items.reduce((total, { figures }) => total + (figures.people.value ?? 0), 0)).toBe(body.total.figures.people.value);
  });
});

describe('the 86', () => {
  it('are bands of five people for the public, never an exact figure', async () => {
    const list = await members(app.anonymous());
    expect(list.items).toHaveLength(86);
    expect(rowOf(list, '026')).toMatchObject({ exact: false, own: false, target: 15, figures: { people: { value: null, from: 10, to: 14, hidden: false }, minutes: 6600, tests: null } });
    expect(rowOf(list, '026').areas.map(({ people }) => people)).toEqual([{ value: null, from: 5, to: 9, hidden: false }, hidden, hidden, hidden]);
    expect(rowOf(list, '075').figures).toMatchObject({ people: hidden, enrolled: hidden, active: hidden, completed: hidden, minutes: null, tests: null });
    expect(JSON.stringify(list)).not.toMatch(/"value":\d/);
  });

  it('are exact for UPI', async () => {
    const list = await members(await app.as(await anAdministrator()));
    expect(rowOf(list, '026')).toMatchObject({ exact: true, own: false, figures: { people: exactly(11), tests: { passed: 11, taken: 11 } } });
    expect(rowOf(list, '075').figures.people).toEqual(exactly(2));
  });

  it('are exact for a coordinator in her own Province, and there alone', async () => {
    const lecce = await aProvince('Lecce');
    const list = await members(await app.as(await aCoordinator({ body: lecce })));
    expect(rowOf(list, '075')).toMatchObject({ own: true, exact: true, figures: { people: exactly(2) } });
    expect(list.items.filter(({ exact }) => exact).map(({ istatCode }) => istatCode)).toEqual(['075']);
    expect(rowOf(list, '026').figures.people).toEqual({ value: null, from: 10, to: 14, hidden: false });
  });

  it("are not exact for a municipality's coordinator, who follows its own people alone", async () => {
    const treviso = await aProvince('Treviso');
    const list = await members(await app.as(await aCoordinator({ body: await aMunicipality(treviso) })));
    expect(list.items.some(({ exact }) => exact)).toBe(false);
  });

  it('follow the succession: Alghero, today of 112, counts for 090, whose figures the coordinator of 112 reads', async () => {
    const list = await members(await app.as(await aCoordinator({ body: await byCode('112') })));
    expect(rowOf(list, '090')).toMatchObject({ own: true, figures: { people: exactly(1) } });
    expect(list.items.some(({ istatCode }) => istatCode === '112')).toBe(false);
  });

  it('are filtered by region, name or abbreviation, and show one area', async () => {
    const anonymous = app.anonymous();
    expect((await members(anonymous, '?region=Umbria')).items.map(({ name }) => name)).toEqual(['Perugia', 'Terni']);
    expect((await members(anonymous, '?q=FORLI')).items.map(({ name }) => name)).toEqual(['Forlì-Cesena']);
    expect((await members(anonymous, '?q=tv')).items.map(({ name }) => name)).toEqual(['Treviso']);
    expect(rowOf(await members(anonymous, '?area=europa'), '026')).toMatchObject({ target: 3, figures: { people: hidden } });
    expect((await anonymous.get('statistics/members?area=cucina&sort=secret')).status).toBe(422);
  });

  it('are sorted by what is shown, so that their order tells nothing more', async () => {
    const admin = await members(await app.as(await anAdministrator()), '?sort=people&direction=desc&area=appalti');
    expect(admin.items.slice(0, 3).map(({ istatCode }) => istatCode)).toEqual(['026', '075', '090']);
    const list = await members(app.anonymous(), '?sort=people&direction=desc&area=appalti');
    const names = list.items.map(({ name }) => name);
    expect(names[0]).toBe('Treviso');
    // Lecce has more than any hidden one, and stands where its name puts it
    expect(names.slice(1)).toEqual((await members(app.anonymous())).items.map(({ name }) => name).filter((name) => name !== 'Treviso'));
    expect((await members(app.anonymous(), '?sort=name&direction=desc')).items[0]?.name).toBe('Viterbo');
  });
});

describe('the months', () => {
  it('are 24, the present one last, in bands for the public and exact for UPI', async () => {
    const { body } = await app.anonymous().get<SeriesStatistics>('statistics/series?area=appalti');
    expect(body.months).toHaveLength(24);
    expect(body).toMatchObject({ target: 430, exact: false, member: null });
    expect(body.months.at(-1)).toMatchObject({ month: `${romeDay().slice(0, 7)}-01`, people: { value: null, from: 10, to: 14 }, peopleSoFar: { value: null, from: 10, to: 14 }, minutes: 6600 });
    expect(body.months.at(0)?.people).toEqual(hidden);
    const admin = await (await app.as(await anAdministrator())).get<SeriesStatistics>('statistics/series');
    expect(admin.body.months.at(-1)).toMatchObject({ people: exactly(14), peopleSoFar: exactly(14) });
    expect(admin.body.months.at(0)?.people).toEqual(exactly(0));
  });

  it('of a Province are its coordinator’s, and not found for others', async () => {
    const [treviso, lecce] = [await aProvince('Treviso'), await aProvince('Lecce')];
    const own = await app.as(await aCoordinator({ body: treviso }));
    const mine = await own.get<SeriesStatistics>(`statistics/series?member=${treviso.id}&area=europa`);
    expect(mine.body).toMatchObject({ exact: true, target: 3, member: { name: 'Treviso' } });
    expect(mine.body.months.at(-1)?.people).toEqual(exactly(3));
    expect((await own.get(`statistics/series?member=${lecce.id}`)).status).toBe(404);
    expect((await app.anonymous().get(`statistics/series?member=${treviso.id}`)).status).toBe(404);
    expect((await (await app.as(await anAdministrator())).get(`statistics/series?member=${(await byCode('058')).id}`)).status).toBe(404);
  });
});

describe('the files', () => {
  it('are CSV with semicolons, say their territory, and hide what the page hides', async () => {
    const reply = await app.anonymous().get<string>('statistics/members/csv?q=treviso&area=appalti');
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toContain('attachment');
    const [header, row] = reply.body.split('\n');
    expect(header).toBe('codice_istat;provincia;sigla;regione;fase;ambito;obiettivo;persone_formate;iscrizioni;non_concluse;completamenti;minuti;prove_superate;prove_sostenute;territorio');
    expect(row).toBe('026;Treviso;TV;Veneto;1;appalti;5;5–9;5–9;<5;5–9;4800;;;Province al 31/12/2024');
    const admin = await (await app.as(await anAdministrator())).get<string>('statistics/members/csv?q=lecce&area=appalti');
    expect(admin.body.split('\n')[1]).toBe('075;Lecce;LE;Puglia;1;appalti;5;2;2;0;2;1200;2;2;Province al 31/12/2024');
  });

  it('hold the months too, and only for who may read them', async () => {
    const reply = await app.anonymous().get<string>('statistics/series/csv');
    expect(reply.body.split('\n')).toHaveLength(26);
    expect(reply.body).toMatch(/^mese;provincia;ambito;iscrizioni;completamenti;persone_formate;persone_formate_finora;minuti;territorio\n/);
    expect((await app.anonymous().get(`statistics/series/csv?member=${(await aProvince('Lecce')).id}`)).status).toBe(404);
  });
});

describe('the hint', () => {
  it('reaches anybody who listens, names no Province, and is one for a burst', async () => {
    const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true });
    const heard: { areas: string[] }[] = [];
    socket.on('statistics:changed', (hint) => heard.push(hint));
    const ack = await new Promise((resolve) => socket.emit('subscribe', 'statistics', resolve));
    expect(ack).toEqual({ ok: true });
    expect(await new Promise((resolve) => socket.emit('subscribe', 'statistics:secret', resolve))).toMatchObject({ ok: false });
    /** @returns what was heard until now: hints keep their order, so behind a mark of ours nothing is still on its way. */
    const heardByNow = async (): Promise<{ areas: string[] }[]> => {
      await announceNow();
      const marked = new Promise<void>((resolve) => socket.on('statistics:changed', ({ areas }: { areas: string[] }) => areas[0] === 'mark' && resolve()));
      await transaction(async (tx) => publish(tx, roomOf.topic('statistics'), 'statistics:changed', { areas: ['mark'] }));
      await marked;
      return heard.splice(0).slice(0, -1);
    };
    await heardByNow();
    const person = await aPerson({ body: await aProvince('Lecce') });
    const seat = await aSeat({ person, edition: editions.europa });
    const from = Date.now();
    for (let i = 0; i < 40; i += 1) {
      const { id } = await someMinutes(seat, 'europa', 10, romeDay());
      await transaction((tx) => record(tx, 'hours.credited', { hoursEntryId: id }));
    }
    await app.settled();
    const hints = await heardByNow();
    socket.close();
    expect(hints.length).toBeGreaterThanOrEqual(1);
    expect(hints.length).toBeLessThanOrEqual(2 + (Date.now() - from) / 1000);
    for (const hint of hints) expect(hint).toEqual({ areas: ['europa'] });
  });
});
