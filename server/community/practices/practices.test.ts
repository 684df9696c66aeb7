import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { react } from '../../../workers/reactions.ts';
import { anAdministrator, aPerson } from '../../accounts/factory.ts';
import type { Practice } from '../../contract/practices.ts';
import type { Problem } from '../../contract/problem.ts';
import { database } from '../../database/connection.ts';
import { aMunicipality, aProvince } from '../../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, type BuiltNetwork } from '../factory.ts';
import { aDraft, aPublished, aSheet } from './factory.ts';

let app: TestApp;
let network: BuiltNetwork;
let author: TestClient;
let authorPerson: { id: string };
let reviewer: TestClient;
let reviewerPerson: { id: string };
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
  authorPerson = await aMember(network);
  author = await app.as(authorPerson);
  reviewerPerson = await aModerator(network);
  reviewer = await app.as(reviewerPerson);
});
afterAll(() => app.close());

const anAdopter = async (where: Parameters<typeof aPerson>[0] = {}) => app.as(await aPerson(where));
const view = async (client: TestClient, number: number, version = '') => client.get<Practice>(`practices/${number}${version && `?version=${version}`}`);
const code = ({ status, body }: { status: number; body: unknown }) => [status, (body as Problem).code];
const submit = (number: number, revision: number, client = author) => client.put<Practice>(`practices/${number}/submission`, { revision });
const publish = (number: number, revision: number, client = reviewer) => client.put<Practice>(`practices/${number}/publication`, { revision });
const giveBack = (number: number, revision: number, words = 'Manca il costo.', clientId: string = randomUUID()) => reviewer.put<Practice>(`practices/${number}/return`, { revision, clientId, words });
const save = (number: number, revision: number, overrides = {}, client = author) => client.put<Practice>(`practices/${number}/work`, { revision, ...aSheet(overrides) });
const auditOf = async (act: string) => database()('audit_entries').where({ act, subject_kind: 'practice' }).orderBy('id', 'desc').first('actor_id', 'details') as Promise<{ actor_id: string; details: Record<string, unknown> } | undefined>;

describe('a draft', () => {
  it('is begun by a member for her body, once however often it is sent, and only she sees it', async () => {
    const input = { clientId: randomUUID(), ...aSheet({ problem: '', tags: [], results: [] }) };
    const [first, again] = await Promise.all([author.post<{ number: number }>(`networks/${network.key}/practices`, input), author.post<{ number: number }>(`networks/${network.key}/practices`, input)]);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    const { number } = first.body;
    const mine = await view(author, number);
    expect(mine.body).toMatchObject({ status: 'draft', body: { title: 'Provincia di Treviso', region: 'Veneto' }, version: null, work: { revision: 1, stage: 'draft' }, content: { problem: '', costEuro: 12_000 }, abilities: { edit: true, submit: true, discard: true, review: false, adopt: false, comment: false } });
    for (const other of [app.anonymous(), reviewer, await app.as(await aMember(network)), await app.as(await anAdministrator())]) expect((await view(other, number)).status).toBe(404);
    expect((await author.get<{ items: { number: number }[] }>('practices?view=mine')).body.items.map((item) => item.number)).toContain(number);
  });

  it('is for members whose body has confirmed them', async () => {
    const input = { clientId: randomUUID(), ...aSheet() };
    expect(code(await (await anAdopter()).post(`networks/${network.key}/practices`, input))).toEqual([403, 'network-not-member']);
    expect(code(await (await app.as(await aMember(network, { person: await aPerson({ body: null }) }))).post(`networks/${network.key}/practices`, input))).toEqual([403, 'practice-no-body']);
    const archived = await aNetwork();
    const member = await app.as(await aMember(archived));
    await database()('networks').where('id', archived.id).update({ archived_at: new Date() });
    expect((await member.post(`networks/${archived.key}/practices`, input)).status).toBe(404);
  });

  it('takes no HTML that could run, and no e-mail address anywhere', async () => {
    const number = await aDraft(author, network, { solution: '<p onclick="x()">Bene<script>alert(1)</script><img src="/api/v1/images/0190c7d0-0000-7000-8000-000000000000" alt="a > b"></p>', problem: '<p><img src="/api/v1/images/0190c7d0-0000-7000-8000-000000000000"></p>' });
    expect((await view(author, number)).body.content).toMatchObject({ solution: '<p>Bene</p>', problem: '' });
    for (const overrides of [{ contact: 'Ufficio gare, gare@provincia.example.it' }, { solution: '<p>Scrivi a <a href="mailto:x">noi</a></p>' }, { costNote: 'chiedi a a.b@c.it' }, { results: [{ label: 'chiedi a a@b.it', value: 1, unit: '' }] }]) {
      const { status, body } = await save(number, 1, overrides);
      expect([status, (body as unknown as Problem).errors[0]?.code]).toEqual([422, 'practice-mail']);
    }
    expect((await save(number, 1, { contact: 'Ufficio gare @ sede centrale' })).status).toBe(200);
  });

  it('is not overwritten from a second window', async () => {
    const number = await aDraft(author, network);
    expect((await save(number, 1, { time: 'Un anno' })).body).toMatchObject({ work: { revision: 2 }, content: { time: 'Un anno' } });
    const late = await save(number, 1, { time: 'Due anni' });
    expect(code(late)).toEqual([409, 'practice-changed']);
    expect((late.body as unknown as Problem).detail).toContain('un’altra finestra');
    const both = await Promise.all([save(number, 2, { time: 'Tre anni' }), save(number, 2, { time: 'Quattro anni' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(code(await submit(number, 1))).toEqual([409, 'practice-changed']);
    expect((await view(author, number)).body.work?.revision).toBe(3);
  });

  it('is not handed in with gaps: all of them are told', async () => {
    const number = await aDraft(author, network, { tags: [], problem: '<p> </p>', solution: '', staff: '', time: '', results: [], contact: '' });
    const { status, body } = await submit(number, 1);
    expect([status, (body as unknown as Problem).errors.map((error) => [error.path, error.code])]).toEqual([
      422, [['body.tags', 'practice-missing-tags'], ['body.problem', 'practice-missing-problem'], ['body.solution', 'practice-missing-solution'], ['body.staff', 'practice-missing-staff'], ['body.time', 'practice-missing-time'], ['body.results', 'practice-missing-results'], ['body.contact', 'practice-missing-contact']],
    ]);
    expect((await view(author, number)).body.status).toBe('draft');
  });

  it('is thrown away by its author, not by an older window, and not while it is reviewed', async () => {
    const number = await aDraft(author, network);
    await save(number, 1);
    expect(code(await author.delete(`practices/${number}/work?revision=1`))).toEqual([409, 'practice-changed']);
    await submit(number, 2);
    expect(code(await author.delete(`practices/${number}/work?revision=2`))).toEqual([409, 'practice-in-review']);
    expect((await reviewer.delete(`practices/${number}/work?revision=2`)).status).toBe(403);
    await author.delete(`practices/${number}/submission`);
    expect((await author.delete(`practices/${number}/work?revision=2`)).body).toEqual({ published: false });
    expect((await view(author, number)).status).toBe(404);
  });
});

describe('the review', () => {
  it('begins when the author hands the sheet in, once, and ends when she takes it back', async () => {
    const number = await aDraft(author, network);
    const both = await Promise.all([submit(number, 1), submit(number, 1)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await view(reviewer, number)).body).toMatchObject({ status: 'review', abilities: { review: true, edit: false, takeBack: false } });
    expect((await view(app.anonymous(), number)).status).toBe(404);
    expect((await view(await app.as(await aMember(network)), number)).status).toBe(404);
    expect(code(await save(number, 1))).toEqual([409, 'practice-in-review']);
    expect((await reviewer.delete(`practices/${number}/submission`)).status).toBe(403);
    expect((await author.delete<Practice>(`practices/${number}/submission`)).body).toMatchObject({ status: 'draft', abilities: { edit: true } });
    expect(code(await author.delete(`practices/${number}/submission`))).toEqual([409, 'practice-not-in-review']);
    expect((await view(reviewer, number)).status).toBe(404);
    // Who reviews is told of what waits, not of what was taken back before the news reached her
    await app.settled();
    const told = async () => (await database()('notices').where({ kind: 'practice-submitted' })).length;
    const [before, { id }] = [await told(), (await database()('practices').where({ number }).first('id')) as { id: string }];
    await react('practice.submitted', { practiceId: id, at: '2026-11-25T10:00:00.000Z' });
    expect(await told()).toBe(before);
    await submit(number, 1);
    await react('practice.submitted', { practiceId: id, at: '2026-11-25T11:00:00.000Z' });
    expect(await told()).toBeGreaterThan(before);
  });

  it('gives it back with a comment, which both sides then talk about and nobody else reads', async () => {
    const number = await aDraft(author, network);
    expect((await author.post(`practices/${number}/comments`, { clientId: randomUUID(), words: 'Prima ancora di mandarla' })).status).toBe(403);
    await submit(number, 1);
    await app.settled();
    const clientId = randomUUID();
    expect((await giveBack(number, 1, 'Manca il costo.', clientId)).body.status).toBe('returned');
    expect((await giveBack(number, 1, 'Manca il costo.', clientId)).status).toBe(200);
    expect(code(await giveBack(number, 1))).toEqual([409, 'practice-not-in-review']);
    expect((await author.post(`practices/${number}/comments`, { clientId: randomUUID(), words: 'Lo aggiungo subito.' })).status).toBe(201);
    await app.settled();
    const read = (await view(author, number)).body;
    expect(read.comments.map(({ words, returned }) => [words, returned])).toEqual([['Manca il costo.', true], ['Lo aggiungo subito.', false]]);
    expect(read.abilities).toMatchObject({ edit: true, submit: true });
    expect((await save(number, 1)).body.status).toBe('returned');
    await submit(number, 2);
    // What is published before the news has gone out waits for nobody any more
    await app.settled();
    await publish(number, 2);
    expect((await view(app.anonymous(), number)).body).toMatchObject({ status: 'published', comments: [], work: null });
    const stranger = await app.as(await aMember(network));
    expect((await stranger.post(`practices/${number}/comments`, { clientId: randomUUID(), words: 'Non per me' })).status).toBe(404);
    await app.settled();
    const kinds = async (person: { id: string }) => database()('notices').where('person_id', person.id).whereLike('link', `/buone-pratiche/${number}%`).orderBy('id').pluck('kind');
    expect(await kinds(reviewerPerson)).toEqual(['practice-submitted', 'practice-commented', 'practice-submitted']);
    expect(await kinds(authorPerson)).toEqual(['practice-returned', 'practice-published']);
    expect(await auditOf('practice.return')).toMatchObject({ actor_id: reviewerPerson.id, details: { number, reason: 'Manca il costo.' } });
    expect(await auditOf('practice.publish')).toMatchObject({ actor_id: reviewerPerson.id, details: { number, revision: 2 } });
  });

  it('publishes once, the words that the reviewer read and no others', async () => {
    const number = await aDraft(author, network);
    expect(code(await publish(number, 1))).toEqual([404, 'not-found']);
    await submit(number, 1);
    await author.delete(`practices/${number}/submission`);
    await save(number, 1, { time: 'Cambiato' });
    await submit(number, 2);
    expect(code(await publish(number, 1))).toEqual([409, 'practice-changed']);
    expect(code(await giveBack(number, 1))).toEqual([409, 'practice-changed']);
    const clicks = await Promise.all([publish(number, 2), publish(number, 2), publish(number, 2)]);
    expect(clicks.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(clicks[0]?.body).toMatchObject({ status: 'published', version: { sequence: 1, current: true }, versions: [{ sequence: 1 }] });
    expect(code(await giveBack(number, 2))).toEqual([409, 'practice-not-in-review']);
  });

  it('lets one of two reviewers decide', async () => {
    const second = await app.as(await aModerator(network));
    for (let round = 0; round < 6; round += 1) {
      const number = await aDraft(author, network);
      await submit(number, 1);
      const [published, returned] = await Promise.all([publish(number, 1, second), giveBack(number, 1)]);
      expect([published.status, returned.status].sort()).toEqual([200, 409]);
    }
  });

  it('is for the moderators of the network and UPI, and not for who wrote the sheet', async () => {
    const number = await aDraft(author, network);
    await submit(number, 1);
    const others = [await app.as(await aModerator(await aNetwork())), await app.as(await aMember(network)), app.anonymous()];
    for (const other of others) expect((await publish(number, 1, other)).status).toBe(other === others[2] ? 401 : 404);
    expect(code(await publish(number, 1, author))).toEqual([403, 'forbidden']);
    const own = await aDraft(reviewer, network);
    await submit(own, 1, reviewer);
    expect((await view(reviewer, own)).body.abilities.review).toBe(false);
    expect(code(await publish(own, 1, reviewer))).toEqual([403, 'practice-own-review']);
    const upi = await app.as(await anAdministrator());
    expect((await publish(own, 1, upi)).status).toBe(200);
    const upis = await aDraft(upi, network);
    await submit(upis, 1, upi);
    expect((await publish(upis, 1, upi)).status).toBe(200);
  });
});

describe('what is published', () => {
  it('never changes in place: a new version goes through review while the old one is read, and every version stays', async () => {
    const number = await aPublished(author, reviewer, network);
    expect((await save(number, 1, { title: 'Una piattaforma sola, seconda edizione' })).body).toMatchObject({ status: 'published', work: { stage: 'draft', revision: 2 }, version: null });
    expect((await view(app.anonymous(), number)).body).toMatchObject({ content: { title: 'Una piattaforma sola per le gare dei Comuni' }, work: null, versions: [{ sequence: 1 }] });
    expect((await view(app.anonymous(), number, 'work')).status).toBe(404);
    expect((await view(reviewer, number, 'work')).status).toBe(404);
    await submit(number, 2);
    expect((await view(reviewer, number, 'work')).body.content.title).toContain('seconda edizione');
    expect((await view(reviewer, number)).body.content.title).not.toContain('seconda edizione');
    await publish(number, 2);
    expect((await view(app.anonymous(), number)).body).toMatchObject({ content: { title: 'Una piattaforma sola, seconda edizione' }, version: { sequence: 2, current: true } });
    expect((await view(app.anonymous(), number, '1')).body).toMatchObject({ content: { title: 'Una piattaforma sola per le gare dei Comuni' }, version: { sequence: 1, current: false } });
    expect((await view(app.anonymous(), number, '3')).status).toBe(404);
    await expect(database()('practice_versions').update({ title: 'altro' })).rejects.toThrow('immutable');
  });

  it('comes back when the author throws the new version away', async () => {
    const number = await aPublished(author, reviewer, network);
    await save(number, 1, { time: 'Mai' });
    expect((await author.delete(`practices/${number}/work?revision=2`)).body).toEqual({ published: true });
    expect((await view(author, number, 'work')).body).toMatchObject({ content: { time: 'Sei mesi' }, work: { stage: null, revision: 3 } });
    expect(code(await submit(number, 3))).toEqual([409, 'practice-nothing-open']);
    expect(code(await author.delete(`practices/${number}/work?revision=3`))).toEqual([409, 'practice-nothing-open']);
  });

  it('is written by its author alone, as long as she is in the network', async () => {
    const own = await aNetwork();
    const person = await aMember(own);
    const client = await app.as(person);
    const moderator = await app.as(await aModerator(own));
    const number = await aPublished(client, moderator, own);
    expect((await save(number, 1, {}, moderator)).status).toBe(403);
    expect((await save(number, 1, {}, await app.as(await aMember(own)))).status).toBe(403);
    await client.delete(`networks/${own.key}/membership`);
    expect(code(await save(number, 1, {}, client))).toEqual([403, 'network-not-member']);
    expect((await view(client, number)).body.abilities).toMatchObject({ edit: false, supersede: false });
  });

  it('is superseded by another sheet of its network, says so, and can be good again', async () => {
    const [old, next] = [await aPublished(author, reviewer, network), await aPublished(author, reviewer, network, { title: 'La piattaforma regionale per tutti' })];
    const elsewhere = await aNetwork();
    const foreign = await aPublished(await app.as(await aMember(elsewhere)), await app.as(await aModerator(elsewhere)), elsewhere);
    const supersede = (number: number, by: number, client = author) => client.put<Practice>(`practices/${number}/succession`, { by });
    expect((await supersede(old, next, await app.as(await aMember(network)))).status).toBe(403);
    for (const by of [old, foreign, await aDraft(author, network), 1_999_999_999]) expect(code(await supersede(old, by))).toEqual([422, 'invalid']);
    const both = await Promise.all([supersede(old, next), supersede(next, old)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    if (both[1]?.status === 200) {
      await author.delete(`practices/${next}/succession`);
      expect((await supersede(old, next)).status).toBe(200);
    }
    expect((await view(app.anonymous(), old)).body).toMatchObject({ status: 'superseded', supersededBy: { number: next, title: 'La piattaforma regionale per tutti' } });
    expect((await view(app.anonymous(), next)).body.supersedes).toMatchObject([{ number: old }]);
    expect(code(await supersede(old, next))).toEqual([409, 'practice-superseded']);
    expect(code(await save(old, 1))).toEqual([409, 'practice-superseded']);
    expect(code(await (await anAdopter({ body: await aProvince('Belluno') })).put(`practices/${old}/adoption`))).toEqual([409, 'practice-superseded']);
    expect(await auditOf('practice.supersede')).toMatchObject({ actor_id: authorPerson.id, details: { number: old, by: next } });
    expect((await reviewer.delete<Practice>(`practices/${old}/succession`)).body).toMatchObject({ status: 'published', supersededBy: null });
  });

  it('is removed by a moderator, with a reason', async () => {
    const [old, number] = [await aPublished(author, reviewer, network), await aPublished(author, reviewer, network)];
    await author.put(`practices/${old}/succession`, { by: number });
    expect((await author.put(`practices/${number}/removal`, { reason: 'Non va bene' })).status).toBe(403);
    expect((await reviewer.put(`practices/${number}/removal`, {})).status).toBe(422);
    expect((await reviewer.put(`practices/${number}/removal`, { reason: 'Dati sbagliati' })).status).toBe(200);
    expect((await view(author, number)).status).toBe(404);
    expect((await view(app.anonymous(), old)).body).toMatchObject({ status: 'published', supersededBy: null });
    expect(await auditOf('practice.remove')).toMatchObject({ details: { number, reason: 'Dati sbagliati' } });
  });
});

describe('the adoption', () => {
  it('is said once by a body, whoever of it says so, taken back by any of it, and shown on its Province', async () => {
    const number = await aPublished(author, reviewer, network);
    const belluno = await aProvince('Belluno');
    const town = await aMunicipality(belluno, { name: 'Feltre' });
    const [one, colleague, townswoman] = [await anAdopter({ body: belluno }), await anAdopter({ body: belluno }), await anAdopter({ body: town })];
    const clicks = await Promise.all([one.put<Practice>(`practices/${number}/adoption`, { note: 'Dal 2026' }), one.put(`practices/${number}/adoption`, { note: 'Dal 2026' }), colleague.put(`practices/${number}/adoption`)]);
    expect(clicks.map(({ status }) => status)).toEqual([200, 200, 200]);
    await townswoman.put(`practices/${number}/adoption`);
    const seen = (await view(app.anonymous(), number)).body;
    expect(seen.adoptions.map(({ body, mine }) => [body.title, body.province?.abbreviation, mine])).toEqual([['Provincia di Belluno', 'BL', false], ['Comune di Feltre', 'BL', false]]);
    expect(seen.places).toEqual([expect.objectContaining({ abbreviation: 'TV', contributed: 1, adopted: 0 }), expect.objectContaining({ abbreviation: 'BL', contributed: 0, adopted: 2 })]);
    expect((await view(colleague, number)).body.abilities).toMatchObject({ adopt: false, withdrawAdoption: true });
    expect((await colleague.delete<Practice>(`practices/${number}/adoption`)).body.adoptions.map(({ body }) => body.title)).toEqual(['Comune di Feltre']);
    expect((await one.put<Practice>(`practices/${number}/adoption`)).body.adoptions).toHaveLength(2);
  });

  it('is not for the body that contributes the sheet, nor for somebody without one, nor for what is not published', async () => {
    const number = await aPublished(author, reviewer, network);
    expect(code(await (await anAdopter()).put(`practices/${number}/adoption`))).toEqual([409, 'practice-own-body']);
    const nobody = await anAdopter({ body: null });
    expect(code(await nobody.put(`practices/${number}/adoption`))).toEqual([403, 'practice-no-body']);
    expect(code(await nobody.delete(`practices/${number}/adoption`))).toEqual([403, 'practice-no-body']);
    const waiting = await aDraft(author, network);
    await submit(waiting, 1);
    expect(code(await reviewer.put(`practices/${waiting}/adoption`))).toEqual([409, 'practice-not-published']);
    expect((await app.anonymous().put(`practices/${number}/adoption`)).status).toBe(401);
    const { status, body } = await (await anAdopter({ body: await aProvince('Belluno') })).put<Problem>(`practices/${number}/adoption`, { note: 'scrivi a a@b.it' });
    expect([status, body.errors[0]?.code]).toEqual([422, 'practice-mail']);
  });
});
