import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anAdministrator, aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import { aCertificate } from '../../certificates/factory.ts';
import type { NetworkHome } from '../../contract/community.ts';
import type { ExpertPage, Expertise, PersonPage } from '../../contract/experts.ts';
import type { SearchOverview } from '../../contract/search.ts';
import { database } from '../../database/connection.ts';
import { aProvince } from '../../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../factory.ts';

let app: TestApp;
let network: BuiltNetwork;
let closed: BuiltNetwork;
/** Who knows, and shows it. */
let expert: BuiltPerson;
let hers: TestClient;
/** A colleague from elsewhere. */
let reader: TestClient;

const ALL = { competences: true, answers: true, certificates: true };
const NOTHING = { competences: false, answers: false, certificates: false };
const say = async (client: TestClient, expertise: Partial<Expertise>) => {
  const { status, body } = await client.put<Expertise>('me/expertise', { competences: [], shown: NOTHING, ...expertise });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};
const page = async (query: string, client = reader) => (await client.get<ExpertPage>(`experts?${query}`)).body;
const found = async (query: string, client = reader) => (await page(query, client)).items.map(({ person }) => person.id);

/** Somebody asks in a network, the expert answers, who asked accepts. */
async function solved(where: BuiltNetwork, tags: string[]): Promise<{ number: number; asking: TestClient; answer: string }> {
  const asking = await app.as(await aMember(where));
  const { number } = await aThread(asking, where, { tags });
  const { id } = await aReply(hers, number);
  await asking.put(`threads/${number}/acceptance`, { postId: id });
  return { number, asking, answer: id };
}

beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork({ name: 'Rete delle strade' });
  closed = await aNetwork({ name: 'Rete riservata', joining: 'request', reading: 'members' });
  expert = await aMember(network, { person: await aPerson({ given_name: 'Ilaria', family_name: 'Zorzi', body: await aProvince('Belluno') }) });
  await aMember(closed, { person: expert });
  hers = await app.as(expert);
  reader = await app.as(await aPerson({ body: await aProvince('Nuoro') }));
  await solved(network, ['ponti', 'accordo quadro']);
  await solved(network, ['ponti']);
  await solved(closed, ['segreti']);
  const certificate = await aCertificate({ person: expert });
  expect(certificate.enrolment.person.id).toBe(expert.id);
});
afterAll(() => app.close());

describe('the directory', () => {
  beforeEach(() => say(hers, { competences: ['manutenzione strade', 'rup', 'ponti'], shown: ALL }));

  it('tells what a colleague shows, and of a network only to who may read it', async () => {
    const [card] = (await page('q=manutenzione')).items;
    expect(card).toEqual({
      person: { id: expert.id, name: 'Ilaria Zorzi', body: 'Provincia di Belluno' }, province: 'Belluno', region: 'Veneto', competences: ['manutenzione strade', 'rup', 'ponti'],
      answers: { total: 2, networks: [{ key: network.key, name: network.name, answers: 2 }], tags: [{ tag: 'ponti', answers: 2 }, { tag: 'accordo quadro', answers: 1 }] }, certificates: ['appalti'],
    });
    const insider = await app.as(await aMember(closed));
    expect((await page('q=segreti')).items).toEqual([]);
    expect((await page('q=segreti', insider)).items[0]?.answers).toMatchObject({ total: 3, tags: expect.arrayContaining([{ tag: 'segreti', answers: 1 }]) });
    expect(await found(`network=${closed.key}`)).toEqual([]);
    expect(await found(`network=${closed.key}`, insider)).toEqual([expert.id]);
    expect(JSON.stringify((await reader.get(`experts/${expert.id}`)).body)).not.toMatch(/riservata|segreti|@/);
  });

  it('is searched by competences, answers, certificates and names, together, by other names and with a slip of the finger', async () => {
    for (const q of ['manutenzioni', 'strade ponti', 'accordi quadro', 'contratti pubblici', 'zorzi', 'responsabile unico del progetto', 'manutenzzione', 'reponsabile unico']) expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, [expert.id]]);
    expect(await page('q=manutenzzione')).toMatchObject({ near: true });
    expect(await page('q=RUP')).toMatchObject({ near: false, also: ['responsabile unico del progetto', 'responsabile unico del procedimento'] });
    expect(await found('q=ponti+biblioteche')).toEqual([]);
    expect((await reader.get<SearchOverview>('search/all?q=manutenzione')).body.people).toMatchObject({ total: 1, items: [{ person: { id: expert.id } }] });
    expect((await reader.get<SearchOverview>(`search/all?q=manutenzione&body=${expert.body_id}`)).body.people).toMatchObject({ total: 1 });
    expect((await reader.get<SearchOverview>('search/all?q=manutenzione&solved=true')).body.people).toMatchObject({ total: 0 });
  });

  it('is narrowed by network, Province and region, and goes on page by page in the order of a telephone book', async () => {
    const belluno = expert.body_id ?? '';
    expect(await found(`province=${belluno}`)).toEqual([expert.id]);
    expect(await found('region=Sardegna')).toEqual([]);
    expect(await found('region=Veneto&q=ponti')).toEqual([expert.id]);
    expect(await found(`network=${network.key}&q=ponti`)).toEqual([expert.id]);
    const others: string[] = [];
    for (const family_name of ['Èbano', 'Abete', 'Zorzi']) {
      const person = await aPerson({ family_name, given_name: 'Ada', body: await aProvince('Lecce') });
      await say(await app.as(person), { competences: ['telefonia'], shown: ALL });
      others.push(person.id);
    }
    const [ebano, abete, zorzi] = others;
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, next }: ExpertPage = await page(`limit=1${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...items.map(({ person }) => person.id));
      cursor = next;
    }
    expect(seen).toEqual([abete, ebano, zorzi, expert.id]);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, next }: ExpertPage = await page(`q=telefonia&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      pages.push(...items.map(({ person }) => person.id));
      cursor = next;
    }
    expect(pages.sort()).toEqual(others.sort());
    expect((await reader.get<{ provinces: { name: string }[]; regions: string[] }>('experts/places')).body).toMatchObject({ provinces: [{ name: 'Provincia di Belluno' }, { name: 'Provincia di Lecce' }], regions: ['Puglia', 'Veneto'] });
  });

  it('shows only what its owner has switched on', async () => {
    const shown = async (what: Partial<Expertise['shown']>) => {
      await say(hers, { competences: ['ponti'], shown: { ...NOTHING, ...what } });
      const { competences, answers, certificates } = (await reader.get<PersonPage>(`experts/${expert.id}`)).body;
      return [competences !== null, answers !== null, certificates !== null];
    };
    expect(await shown({ competences: true })).toEqual([true, false, false]);
    expect(await found('q=contratti+pubblici')).toEqual([]);
    expect(await shown({ answers: true })).toEqual([false, true, false]);
    expect(await found('q=quadro')).toEqual([expert.id]);
    expect(await shown({ certificates: true })).toEqual([false, false, true]);
    expect(await found('q=ponti')).toEqual([]);
    expect((await reader.get<NetworkHome>(`networks/${network.key}`)).body.experts).toEqual([]);
  });

  it('forgets at once, everywhere, who withdraws', async () => {
    const seen = async () => [
      (await found('q=ponti')).includes(expert.id), (await found('')).includes(expert.id), (await found('q=zorzi')).includes(expert.id), (await found('q=pontti')).includes(expert.id),
      (await reader.get<SearchOverview>('search/all?q=ponti')).body.people?.items.some(({ person }) => person.id === expert.id),
      (await reader.get<NetworkHome>(`networks/${network.key}`)).body.experts.some(({ person }) => person.id === expert.id),
      (await reader.get<PersonPage>(`experts/${expert.id}`)).body.networks.length > 0,
      (await reader.get<{ items: string[] }>('competences?q=manutenzione')).body.items.length > 0,
    ];
    expect(await seen()).toEqual(Array.from({ length: 8 }, () => true));
    await say(hers, { competences: ['manutenzione strade', 'rup', 'ponti'] });
    expect(await seen()).toEqual(Array.from({ length: 8 }, () => false));
    // Her name and body stand under what she writes: her page says no more
    expect((await reader.get<PersonPage>(`experts/${expert.id}`)).body).toMatchObject({ person: { name: 'Ilaria Zorzi' }, competences: null, answers: null, certificates: null, networks: [] });
  });

  it('is for recognised people, and shows none that is not, or is suspended', async () => {
    for (const path of ['experts', 'experts?q=ponti', 'experts/places', `experts/${expert.id}`, 'search/people?q=ponti']) {
      expect([path, (await app.anonymous().get(path)).status]).toEqual([path, 401]);
      expect([path, (await (await app.as(await aPerson({ body: null }))).get(path)).status]).toEqual([path, 403]);
    }
    expect((await app.anonymous().get<SearchOverview>('search/all?q=ponti')).body.people).toBeNull();
    expect((await app.anonymous().get<NetworkHome>(`networks/${network.key}`)).body.experts).toEqual([]);
    expect((await reader.get('experts/0190c7d0-0000-7000-8000-000000000000')).status).toBe(404);
    const leaving = await aPerson({ body: await aProvince('Belluno') });
    await say(await app.as(leaving), { competences: ['viticoltura'], shown: ALL });
    expect(await found('q=viticoltura')).toEqual([leaving.id]);
    await (await app.as(await anAdministrator())).put(`people/${leaving.id}/suspension`, { reason: 'Ha lasciato la Provincia' });
    expect(await found('q=viticoltura')).toEqual([]);
    expect((await reader.get(`experts/${leaving.id}`)).status).toBe(404);
  });

  it('refuses what is malformed, each by its name', async () => {
    const { status, body } = await reader.get<{ errors: { path: string }[] }>('experts?q=a&network=%21&province=x&region=&limit=0');
    expect([status, body.errors.map(({ path }) => path).sort()]).toEqual([422, ['query.limit', 'query.network', 'query.province', 'query.q', 'query.region']]);
    expect((await hers.put('me/expertise', { competences: Array.from({ length: 11 }, (_, i) => `tema ${i}`), shown: ALL })).status).toBe(422);
    expect((await hers.put('me/expertise', { competences: ['<b>'], shown: { competences: true } })).status).toBe(422);
    expect((await reader.get('experts?cursor=abc')).status).toBe(400);
  });
});

describe('accepted answers', () => {
  const counts = async () => Object.fromEntries(((await database()('answer_counts').where({ person_id: expert.id, network_id: network.id }).select('tag', 'answers')) as { tag: string; answers: number }[]).filter(({ answers }) => answers !== 0).map(({ tag, answers }) => [tag, answers]));

  it('are counted as they are accepted, taken back, tagged anew, hidden and removed; one’s own question does not count', async () => {
    const before = { '': 2, 'ponti': 2, 'accordo quadro': 1 };
    expect(await counts()).toEqual(before);
    const { number, asking, answer } = await solved(network, ['viadotti']);
    expect(await counts()).toEqual({ ...before, '': 3, 'viadotti': 1 });
    await asking.put(`threads/${number}/acceptance`, { postId: answer });
    expect(await counts()).toEqual({ ...before, '': 3, 'viadotti': 1 });
    await asking.patch(`threads/${number}`, { tags: ['gallerie'] });
    expect(await counts()).toEqual({ ...before, '': 3, 'gallerie': 1 });
    await asking.delete(`threads/${number}/acceptance`);
    expect(await counts()).toEqual(before);
    await asking.put(`threads/${number}/acceptance`, { postId: answer });
    const moderator = await app.as(await aModerator(network));
    await moderator.put(`posts/${answer}/removal`, { reason: 'Fuori tema' });
    expect(await counts()).toEqual(before);
    const another = await solved(network, ['viadotti']);
    await moderator.put(`threads/${another.number}/removal`, { reason: 'Doppione' });
    expect(await counts()).toEqual(before);
    const own = await aThread(hers, network, { tags: ['viadotti'] });
    await hers.put(`threads/${own.number}/acceptance`, { postId: (await aReply(hers, own.number)).id });
    expect(await counts()).toEqual(before);
  });
});
