import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdministrator, aPerson } from '../../accounts/factory.ts';
import type { Practice, PracticeOverview, PracticePage } from '../../contract/practices.ts';
import { database } from '../../database/connection.ts';
import { aMunicipality, aProvince } from '../../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, type BuiltNetwork } from '../factory.ts';
import { aDraft, aPublished } from './factory.ts';

/** An open network with three sheets of three bodies, and one for its members alone with one of its own. */
describe('finding best practices', () => {
  let app: TestApp;
  let open: BuiltNetwork;
  let members: BuiltNetwork;
  let insider: TestClient;
  let insiderPerson: Awaited<ReturnType<typeof aMember>>;
  let reviewer: TestClient;
  let insideReviewer: TestClient;
  let insideReviewerPerson: { id: string };
  let belluno: { id: string };
  let numbers: Record<'school' | 'bridges' | 'town' | 'hidden', number>;

  beforeAll(async () => {
    app = await startTestApp();
    open = await aNetwork({ key: 'aperta', name: 'Rete aperta' });
    members = await aNetwork({ key: 'interna', name: 'Rete interna', reading: 'members', joining: 'request' });
    belluno = await aProvince('Belluno');
    const [nuoro, treviso] = [await aProvince('Nuoro'), await aProvince('Treviso')];
    const town = await aMunicipality(treviso, { name: 'Asolo' });
    const writer = async (where: BuiltNetwork, body: { id: string }) => app.as(await aMember(where, { person: await aPerson({ body }) }));
    reviewer = await app.as(await aModerator(open));
    insideReviewerPerson = await aModerator(members);
    insideReviewer = await app.as(insideReviewerPerson);
    insiderPerson = await aMember(members, { person: await aPerson({ body: belluno }) });
    insider = await app.as(insiderPerson);
    numbers = {
      school: await aPublished(await writer(open, belluno), reviewer, open, { title: 'Manutenzioni programmate degli edifici scolastici', tags: ['edilizia scolastica'], solution: '<p>Una sola squadra per l’<strong>attività</strong> di tutte le scuole.</p>' }),
      bridges: await aPublished(await writer(open, nuoro), reviewer, open, { title: 'Il catasto dei ponti in un solo archivio', tags: ['ponti', 'strade'] }),
      town: await aPublished(await writer(open, town), reviewer, open, { title: 'Lo sportello digitale di un piccolo Comune', tags: ['servizi digitali'] }),
      hidden: await aPublished(insider, insideReviewer, members, { title: 'Il ciclo della performance senza carta', tags: ['performance'] }),
    };
    await reviewer.put(`practices/${numbers.bridges}/adoption`);
    await (await app.as(await aPerson({ body: belluno }))).put(`practices/${numbers.bridges}/adoption`);
  });
  afterAll(() => app.close());

  const found = async (client: TestClient, query = '') => (await client.get<PracticePage>(`practices?${query}`)).body.items.map(({ number }) => number);

  it('lists what everybody may read, newest first, page by page without gaps', async () => {
    const anybody = app.anonymous();
    const { body } = await anybody.get<PracticePage>('practices');
    expect(body).toMatchObject({ total: 3, next: null });
    expect(body.items.map(({ number }) => number)).toEqual([numbers.town, numbers.bridges, numbers.school]);
    expect(body.items[1]).toMatchObject({ body: { title: 'Provincia di Nuoro' }, adoptions: 2, status: 'published', excerpt: 'La Provincia mette a disposizione la sua piattaforma.', network: { key: 'aperta' } });
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: PracticePage = (await anybody.get<PracticePage>(`practices?limit=1${cursor && `&cursor=${cursor}`}`)).body;
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.next;
    }
    expect(seen).toEqual([numbers.town, numbers.bridges, numbers.school]);
    expect((await anybody.get('practices?cursor=nonsense')).status).toBe(400);
  });

  it('finds words in every form, with and without accents, in title, theme and text', async () => {
    const anybody = app.anonymous();
    expect(await found(anybody, 'q=squadre+scuola')).toEqual([numbers.school]);
    expect(await found(anybody, 'q=attivita')).toEqual([numbers.school]);
    expect(await found(anybody, 'q=strade')).toEqual([numbers.bridges]);
    expect(await found(anybody, 'q=strong')).toEqual([]);
    expect(await found(anybody, 'q=piattaforma+-ponti')).toEqual([numbers.town]);
  });

  it('forgives a slip of the finger, in the list and on its map, and knows other names', async () => {
    const anybody = app.anonymous();
    expect(await found(anybody, 'q=squadrra+scuola')).toEqual([numbers.school]);
    expect((await anybody.get<PracticePage>('practices?q=squadrra')).body).toMatchObject({ near: true, total: 1 });
    expect((await anybody.get<PracticeOverview>('practices/overview?q=squadrra')).body.places).toMatchObject([{ abbreviation: 'BL' }]);
    expect((await anybody.get<PracticePage>('practices?q=RUP')).body).toMatchObject({ near: false, total: 0, also: ['responsabile unico del progetto', 'responsabile unico del procedimento'] });
    expect((await anybody.get<PracticePage>('practices?q=squadrra&exact=true')).body).toMatchObject({ near: false, total: 0 });
  });

  it('filters by network, theme, region and body, a municipality lying in its Province’s region', async () => {
    const anybody = app.anonymous();
    expect(await found(anybody, 'network=aperta&tag=Ponti')).toEqual([numbers.bridges]);
    expect(await found(anybody, 'network=interna')).toEqual([]);
    expect(await found(anybody, 'region=Veneto')).toEqual([numbers.town, numbers.school]);
    expect(await found(anybody, `body=${belluno.id}`)).toEqual([numbers.school]);
  });

  it('shows drafts to their author alone, and to the reviewers what waits, the oldest first', async () => {
    const author = await app.as(await aMember(open));
    const [draft, first, second] = [await aDraft(author, open, { title: 'Energia nelle scuole superiori' }), await aDraft(author, open), await aDraft(author, open)];
    await author.put(`practices/${first}/submission`, { revision: 1 });
    await author.put(`practices/${second}/submission`, { revision: 1 });
    expect(await found(author, 'view=mine')).toEqual([second, first, draft]);
    expect(await found(author, 'view=mine&q=energia')).toEqual([draft]);
    expect(await found(author, 'view=review')).toEqual([]);
    expect(await found(reviewer, 'view=review')).toEqual([first, second]);
    expect(await found(insideReviewer, 'view=review')).toEqual([]);
    expect(await found(await app.as(await anAdministrator()), 'view=review')).toEqual([first, second]);
    expect(await found(app.anonymous(), 'view=mine')).toEqual([]);
    expect((await reviewer.get<PracticeOverview>('practices/overview')).body.toReview).toBe(2);
    expect((await author.get<PracticeOverview>('practices/overview')).body.toReview).toBeNull();
  });

  it('puts the Provinces on a map, and offers what can be filtered by', async () => {
    const { body } = await app.anonymous().get<PracticeOverview>('practices/overview');
    expect(body.places.map(({ abbreviation, contributed, adopted }) => [abbreviation, contributed, adopted])).toEqual([['BL', 1, 1], ['NU', 1, 0], ['TV', 1, 1]]);
    expect(body).toMatchObject({ networks: [{ key: 'aperta' }], regions: ['Sardegna', 'Veneto'], toReview: null });
    expect(body.tags).toEqual(['edilizia scolastica', 'ponti', 'servizi digitali', 'strade']);
    expect(body.bodies.map(({ title }) => title)).toEqual(['Comune di Asolo', 'Provincia di Belluno', 'Provincia di Nuoro']);
    expect((await app.anonymous().get<PracticeOverview>('practices/overview?tag=ponti')).body.places).toMatchObject([{ abbreviation: 'BL', contributed: 0, adopted: 1 }, { abbreviation: 'NU', contributed: 1 }, { abbreviation: 'TV', contributed: 0, adopted: 1 }]);
  });

  it('says nothing of a members’ network to anybody outside it, on any channel and for any act', async () => {
    const outsiders: Record<string, TestClient> = { anonymous: app.anonymous(), stranger: await app.as(await aPerson()), moderatorElsewhere: reviewer, requested: await app.as(await aMember(members, { status: 'requested' })), removed: await app.as(await aMember(members, { status: 'removed' })) };
    const path = `practices/${numbers.hidden}`;
    for (const [who, client] of Object.entries(outsiders)) {
      const reading = await Promise.all([client.get(path), client.get(`${path}?version=1`), client.get(`${path}?version=work`)]);
      expect({ who, reading: reading.map(({ status }) => status) }).toEqual({ who, reading: [404, 404, 404] });
      expect({ who, found: (await Promise.all(['', 'q=performance', 'network=interna', 'tag=performance', 'view=superseded', 'view=review', 'view=mine'].map((query) => found(client, query)))).flat().includes(numbers.hidden) }).toEqual({ who, found: false });
      expect({ who, overview: JSON.stringify((await client.get('practices/overview')).body).includes('performance') }).toEqual({ who, overview: false });
      const acts = await Promise.all([
        client.put(`${path}/adoption`), client.delete(`${path}/adoption`), client.put(`${path}/publication`, { revision: 1 }), client.put(`${path}/submission`, { revision: 1 }), client.delete(`${path}/submission`),
        client.put(`${path}/succession`, { by: 1 }), client.delete(`${path}/succession`), client.put(`${path}/removal`, { reason: 'Nessun diritto' }), client.delete(`${path}/work?revision=1`),
      ]);
      expect({ who, acts: [...new Set(acts.map(({ status }) => status))] }).toEqual({ who, acts: [who === 'anonymous' ? 401 : 404] });
    }
    for (const client of [insider, insideReviewer, await app.as(await aMember(members)), await app.as(await anAdministrator())]) {
      expect((await client.get(path)).status).toBe(200);
      expect(await found(client, 'q=performance')).toEqual([numbers.hidden]);
      expect((await client.get<PracticeOverview>('practices/overview')).body.tags).toContain('performance');
    }
  });

  it('forgets who is removed from it at once, as author too, and tells her nothing more', async () => {
    const number = await aDraft(insider, members, { title: 'Una bozza che resta nella rete' });
    await insider.put(`practices/${number}/submission`, { revision: 1 });
    await app.settled();
    expect((await insideReviewer.put(`memberships/${insiderPerson.membershipId}/removal`, { reason: 'Ha cambiato ufficio' })).status).toBe(200);
    expect((await insider.get(`practices/${number}`)).status).toBe(404);
    expect(await found(insider, 'view=mine')).toEqual([]);
    expect((await insideReviewer.put<Practice>(`practices/${number}/publication`, { revision: 1 })).status).toBe(200);
    await app.settled();
    expect(await database()('notices').where({ person_id: insiderPerson.id }).whereLike('link', `/buone-pratiche/${number}%`)).toEqual([]);
    // The reviewer was told when it was handed in
    expect(await database()('notices').where({ person_id: insideReviewerPerson.id, kind: 'practice-submitted' }).whereLike('link', `/buone-pratiche/${number}%`)).toHaveLength(1);
  });
});
