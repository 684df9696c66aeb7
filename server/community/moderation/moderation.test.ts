import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdministrator, aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import type { NetworkHome, Post, ThreadView } from '../../contract/community.ts';
import type { SearchPage } from '../../contract/search.ts';
import type { CasePage, MeasurePage } from '../../contract/moderation.ts';
import type { Problem } from '../../contract/problem.ts';
import { database } from '../../database/connection.ts';
import { clock, romeDay } from '../../gateways/clock.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../factory.ts';

let app: TestApp;
let network: BuiltNetwork;
let moderator: TestClient;
let moderatorId: string;
let admin: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
  const person = await aModerator(network);
  moderatorId = person.id;
  moderator = await app.as(person);
  admin = await app.as(await anAdministrator());
});
afterAll(() => app.close());

const member = async (where: { id: string } = network) => {
  const person = await aMember(where);
  return { person, client: await app.as(person) };
};
const queue = async (client: TestClient, query = '') => (await client.get<CasePage>(`moderation/cases${query}`)).body.items;
const count = async (client: TestClient) => (await client.get<{ open: number }>('moderation/count')).body.open;
const flag = (client: TestClient, postId: string, body: object = { reason: 'offensive' }) => client.post<Post & Problem>(`posts/${postId}/flags`, body);
const decide = (client: TestClient, id: string, body: object) => client.put<Problem>(`moderation/cases/${id}/decision`, body);
const measures = async (client: TestClient, query = '') => (await client.get<MeasurePage>(`moderation/measures${query}`)).body.items;
const kinds = async (person: { id: string }) => {
  await app.settled();
  return (await database()('notices').where('person_id', person.id).orderBy('id').pluck('kind')) as string[];
};
const tomorrow = () => romeDay(new Date(Date.now() + 24 * 3_600_000));

/** A flagged answer, and the case that it made. */
async function aFlagged(where: BuiltNetwork = network, words = '<p>Parole fuori posto</p>') {
  const [asker, author, flagger] = [await member(where), await member(where), await member(where)];
  const { number, postId: question } = await aThread(asker.client, where);
  const post = await aReply(author.client, number, words);
  await flag(flagger.client, post.id);
  const { id } = (await database()('moderation_cases').where('post_id', post.id).first('id')) as { id: string };
  return { asker, author, flagger, number, question, postId: post.id, caseId: id };
}

describe('a flag', () => {
  it('is given once per person and post, not to one’s own words, with a word where the reason is another', async () => {
    const { author, flagger, postId, number } = await aFlagged();
    expect((await flag(flagger.client, postId)).body).toMatchObject({ status: 409, code: 'flag-given' });
    expect((await flag(author.client, postId)).body).toMatchObject({ status: 403, code: 'flag-own' });
    expect((await flag((await member()).client, postId, { reason: 'other' })).body).toMatchObject({ status: 422, errors: [{ path: 'body.note', code: 'flag-note-missing' }] });
    const seen = (await flagger.client.get<ThreadView>(`threads/${number}?from=2`)).body.posts[0];
    expect(seen).toMatchObject({ flagged: true, abilities: { flag: false } });
    expect((await author.client.get<ThreadView>(`threads/${number}?from=2`)).body.posts[0]).toMatchObject({ flagged: false, abilities: { flag: false } });
    expect((await app.anonymous().get<ThreadView>(`threads/${number}?from=2`)).body.posts[0]).toMatchObject({ flagged: false, abilities: { flag: false } });
  });

  it('of several people at once is one item of the queue, with what is known of the author', async () => {
    const own = await aNetwork();
    const keeper = await app.as(await aModerator(own));
    const [asker, author, ...flaggers] = [await member(own), await member(own), await member(own), await member(own), await member(own)];
    const { number } = await aThread(asker.client, own, { title: 'Domanda con risposta segnalata' });
    const post = await aReply(author.client, number, '<p>Da segnalare</p>');
    const given = await Promise.all(flaggers.map(({ client }) => flag(client, post.id, { reason: 'misleading', note: 'La norma è cambiata' })));
    expect(given.map(({ status }) => status)).toEqual([201, 201, 201]);
    const items = await queue(keeper);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: 'flagged', network: { key: own.key }, post: { sequence: 2, thread: { number, title: 'Domanda con risposta segnalata' }, html: '<p>Da segnalare</p>' }, author: { id: author.person.id, trust: 'new', posts: 1, upheld: 0, warnings: 0 } });
    expect(items[0]?.flags.map(({ by }) => by.id).sort()).toEqual(flaggers.map(({ person }) => person.id).sort());
    expect(items[0]?.flags[0]).toMatchObject({ reason: 'misleading', note: 'La norma è cambiata' });
    expect((await keeper.get<NetworkHome>(`networks/${own.key}`)).body.cases).toBe(1);
    expect((await author.client.get<NetworkHome>(`networks/${own.key}`)).body.cases).toBe(0);
  });

  it('is seen by who moderates there and by UPI, by nobody else', async () => {
    const closed = await aNetwork({ reading: 'members', joining: 'closed' });
    const keeper = await app.as(await aModerator(closed));
    const { asker, caseId } = await aFlagged(closed);
    expect((await queue(keeper)).map(({ id }) => id)).toEqual([caseId]);
    expect((await queue(admin, `?network=${closed.key}`)).map(({ id }) => id)).toEqual([caseId]);
    expect((await queue(moderator, '?limit=100')).map(({ id }) => id)).not.toContain(caseId);
    expect(await queue(asker.client)).toEqual([]);
    expect(await count(asker.client)).toBe(0);
    for (const stranger of [moderator, asker.client]) expect((await decide(stranger, caseId, { decision: 'dismissed' })).status).toBe(404);
    expect((await flag((await member()).client, (await aFlagged(closed)).postId)).status).toBe(404);
  });
});

describe('a decision', () => {
  it('hides and warns: the words are for author and moderators, out of search and solution, and come back', async () => {
    const { asker, author, flagger, number, postId, caseId } = await aFlagged(network, '<p>Zibaldone sconveniente</p>');
    await asker.client.put(`threads/${number}/acceptance`, { postId });
    const waiting = await count(moderator);
    expect((await decide(moderator, caseId, { decision: 'upheld', reason: 'Offende una collega', hide: true, warning: 'Si discute delle idee, non delle persone.' })).status).toBe(200);
    expect(await count(moderator)).toBe(waiting - 1);
    const post = async (client: TestClient) => (await client.get<ThreadView>(`threads/${number}?from=2`)).body.posts[0];
    expect(await post(flagger.client)).toMatchObject({ html: '', deleted: { hidden: true, reason: 'Offende una collega', html: null }, abilities: { restore: false } });
    expect(await post(author.client)).toMatchObject({ html: '', deleted: { html: '<p>Zibaldone sconveniente</p>' }, abilities: { restore: false } });
    expect(await post(moderator)).toMatchObject({ html: '', deleted: { html: '<p>Zibaldone sconveniente</p>' }, abilities: { restore: true } });
    expect((await asker.client.get<ThreadView>(`threads/${number}`)).body.accepted).toBeNull();
    const found = async () => (await app.anonymous().get<SearchPage>('search?q=zibaldone+sconveniente')).body.items.length;
    expect(await found()).toBe(0);
    expect(await kinds(flagger.person)).toContain('flag-upheld');
    expect(await kinds(author.person)).toEqual(expect.arrayContaining(['post-hidden', 'author-warned']));
    expect(await database()('audit_entries').where({ subject_id: postId }).orderBy('id').select('act', 'details')).toMatchObject([
      { act: 'post.remove', details: { before: '<p>Zibaldone sconveniente</p>', after: null, reason: 'Offende una collega' } }, { act: 'flag.upheld', details: { before: { outcome: null }, after: { outcome: 'upheld' } } },
    ]);
    expect((await author.client.put(`posts/${postId}/restoration`, { reason: 'Rivoglio il testo' })).status).toBe(403);
    expect((await moderator.put<Post>(`posts/${postId}/restoration`, { reason: 'Corretto insieme' })).body).toMatchObject({ html: '<p>Zibaldone sconveniente</p>', deleted: null });
    expect((await moderator.put(`posts/${postId}/restoration`, { reason: 'Corretto insieme' })).body).toMatchObject({ code: 'post-not-hidden' });
    expect(await found()).toBe(1);
    expect(await kinds(author.person)).toContain('measure-lifted');
  });

  it('hides a question too, whose thread stays', async () => {
    const [asker, flagger] = [await member(), await member()];
    const { number, postId } = await aThread(asker.client, network, { html: '<p>Dati personali di qualcuno</p>' });
    await flag(flagger.client, postId, { reason: 'personal-data' });
    const { id } = (await database()('moderation_cases').where('post_id', postId).first('id')) as { id: string };
    await decide(moderator, id, { decision: 'upheld', reason: 'Ci sono dati personali', hide: true });
    expect((await flagger.client.get<ThreadView>(`threads/${number}`)).body.posts[0]).toMatchObject({ sequence: 1, html: '', deleted: { hidden: true } });
  });

  it('of two moderators at once is the first one’s: the second is told whose', async () => {
    const other = await app.as(await aModerator(network));
    for (let round = 0; round < 6; round += 1) {
      const { caseId, postId } = await aFlagged();
      const answers = await Promise.all([decide(moderator, caseId, { decision: 'upheld', reason: 'Fuori posto', hide: true }), decide(other, caseId, { decision: 'dismissed' })]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'case-decided', params: { name: expect.stringContaining('Anna Prova') } });
      const { outcome } = (await database()('moderation_cases').where('id', caseId).first('outcome')) as { outcome: string };
      const { deleted_at } = (await database()('posts').where('id', postId).first('deleted_at')) as { deleted_at: Date | null };
      expect(deleted_at !== null).toBe(outcome === 'upheld');
    }
  });

  it('dismisses: who flagged is told, nothing happens to the author, and a flag of somebody else opens it anew', async () => {
    const { author, flagger, postId, caseId } = await aFlagged();
    await decide(moderator, caseId, { decision: 'dismissed', reason: 'È un’opinione' });
    expect(await kinds(flagger.person)).toContain('flag-dismissed');
    expect(await kinds(author.person)).toEqual([]);
    expect((await flag(flagger.client, postId)).body).toMatchObject({ code: 'flag-given' });
    expect((await flag((await member()).client, postId)).status).toBe(201);
    expect((await queue(moderator, '?limit=100')).filter(({ post }) => post?.html === '<p>Parole fuori posto</p>').at(-1)?.flags).toHaveLength(1);
  });

  it('is refused about one’s own words, of another kind, and without any measure', async () => {
    const post = await aReply(moderator, (await aThread((await member()).client, network)).number);
    await flag((await member()).client, post.id);
    const { id } = (await database()('moderation_cases').where('post_id', post.id).first('id')) as { id: string };
    expect((await decide(moderator, id, { decision: 'dismissed' })).body).toMatchObject({ status: 403, code: 'case-own' });
    expect((await decide(admin, id, { decision: 'approved' })).body).toMatchObject({ status: 422, errors: [{ code: 'case-decision' }] });
    expect((await decide(admin, id, { decision: 'upheld', reason: 'Senza nulla' })).body).toMatchObject({ status: 422, errors: [{ code: 'case-no-measure' }] });
    expect((await decide(admin, id, { decision: 'dismissed' })).status).toBe(200);
  });

  it('comes with a moderator’s own removal: flags are upheld with it', async () => {
    const { flagger, postId, caseId } = await aFlagged();
    await moderator.put(`posts/${postId}/removal`, { reason: 'Fuori tema' });
    expect((await decide(moderator, caseId, { decision: 'dismissed' })).body).toMatchObject({ code: 'case-decided' });
    expect(await kinds(flagger.person)).toContain('flag-upheld');
  });
});

describe('a suspension', () => {
  it('keeps from every kind of writing, here and until its day, in words; reading stays', async () => {
    const elsewhere = await aNetwork();
    const { author, asker, number, postId, caseId } = await aFlagged();
    await aMember(elsewhere, { person: author.person });
    const { postId: question } = await aThread(asker.client, network);
    const mine = await aReply(author.client, number);
    const own = await aThread(author.client, network);
    const answer = await aReply(asker.client, own.number);
    expect((await decide(moderator, caseId, { decision: 'upheld', reason: 'Ancora offese', suspension: { until: '2020-01-01' } })).body).toMatchObject({ status: 422, errors: [{ code: 'suspension-date' }] });
    expect((await decide(moderator, caseId, { decision: 'upheld', reason: 'Ancora offese', suspension: { until: tomorrow(), everywhere: true } })).status).toBe(403);
    expect((await decide(moderator, caseId, { decision: 'upheld', reason: 'Ancora offese', suspension: { until: tomorrow() } })).status).toBe(200);
    const refused = { status: 403, code: 'writing-suspended' };
    const { client } = author;
    const clientId = randomUUID();
    expect((await client.post<Problem>(`threads/${number}/posts`, { clientId, html: '<p>Insisto</p>' })).body).toMatchObject({
      ...refused, detail: expect.stringContaining(new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'Europe/Rome' }).format(new Date(`${tomorrow()}T12:00:00Z`))),
    });
    for (const [method, path, body] of [
      ['POST', `networks/${network.key}/threads`, { clientId, title: 'Un’altra discussione', html: '<p>Insisto</p>' }],
      ['PATCH', `posts/${mine.id}`, { html: '<p>Corretto</p>' }],
      ['PUT', `posts/${question}/reactions/useful`, undefined],
      ['PUT', `threads/${number}/interest`, undefined],
      ['PATCH', `threads/${own.number}`, { title: 'Titolo cambiato da chi non può' }],
      ['PUT', `threads/${own.number}/acceptance`, { postId: answer.id }],
      ['POST', `posts/${question}/flags`, { reason: 'spam' }],
    ] as const) expect({ path, body: (await client.call(method, path, body)).body }).toMatchObject({ path, body: refused });
    expect((await client.get<ThreadView>(`threads/${number}`)).body).toMatchObject({ suspendedUntil: expect.any(String), abilities: { reply: false } });
    expect((await client.get<NetworkHome>(`networks/${network.key}`)).body).toMatchObject({ suspendedUntil: expect.any(String), abilities: { write: false, leave: true } });
    await client.delete(`networks/${network.key}/membership`);
    expect((await client.put(`networks/${network.key}/membership`)).body).toMatchObject(refused);
    await aThread(client, elsewhere);
    expect(await kinds(author.person)).toContain('author-suspended');
    const [measure] = await measures(moderator, `?scope=moderated&network=${network.key}`);
    expect(measure).toMatchObject({ kind: 'suspended', person: { id: author.person.id }, abilities: { lift: true, appeal: false } });
    expect((await client.put(`moderation/measures/${measure?.id}/lifting`, { reason: 'Me la tolgo' })).status).toBe(404);
    expect((await moderator.put(`moderation/measures/${measure?.id}/lifting`, { reason: 'Si è scusato' })).status).toBe(200);
    expect((await moderator.put(`moderation/measures/${measure?.id}/lifting`, { reason: 'Si è scusato' })).body).toMatchObject({ code: 'measure-lifted' });
    expect((await client.put(`networks/${network.key}/membership`)).status).toBe(200);
    await aReply(client, number);
    expect(postId).not.toBe(mine.id);
  });

  it('by UPI holds everywhere, and ends by itself', async () => {
    const elsewhere = await aNetwork();
    const { author, number, caseId } = await aFlagged();
    await aMember(elsewhere, { person: author.person });
    expect((await decide(admin, caseId, { decision: 'upheld', reason: 'Pubblicità ovunque', suspension: { until: tomorrow(), everywhere: true } })).status).toBe(200);
    const write = async (key: string) => (await author.client.post(`networks/${key}/threads`, { clientId: randomUUID(), title: 'Un’altra discussione', html: '<p>Insisto</p>' })).status;
    expect([await write(network.key), await write(elsewhere.key)]).toEqual([403, 403]);
    expect(await measures(moderator, '?scope=moderated&limit=100')).not.toContainEqual(expect.objectContaining({ person: expect.objectContaining({ id: author.person.id }) }));
    await database()('moderation_measures').where('person_id', author.person.id).update({ until: clock.now() });
    expect([await write(network.key), await write(elsewhere.key)]).toEqual([201, 201]);
    await aReply(author.client, number);
  });
});

describe('an appeal', () => {
  async function aMeasure(person?: BuiltPerson) {
    const flagged = await aFlagged();
    await decide(moderator, flagged.caseId, { decision: 'upheld', reason: 'Fuori posto', hide: true });
    const [measure] = await measures(flagged.author.client);
    return { ...flagged, person, measure: measure?.id ?? '' };
  }
  const appeal = (client: TestClient, id: string) => client.post<Problem>(`moderation/measures/${id}/appeals`, { text: 'Citavo la norma alla lettera.' });

  it('is made once, by whom it is about, and decided by another one than who decided', async () => {
    const { author, flagger, measure, postId, number } = await aMeasure();
    expect((await appeal(flagger.client, measure)).status).toBe(404);
    expect((await measures(author.client))[0]?.abilities).toEqual({ appeal: true, lift: false });
    expect((await appeal(author.client, measure)).status).toBe(201);
    expect((await appeal(author.client, measure)).body).toMatchObject({ code: 'appeal-given' });
    const item = (await queue(admin, `?network=${network.key}&limit=100`)).find(({ appeal: found }) => found?.measure.kind === 'hidden');
    expect(item).toMatchObject({ kind: 'appeal', appeal: { text: 'Citavo la norma alla lettera.', measure: { reason: 'Fuori posto', takenBy: { id: moderatorId } } }, post: { removed: true, html: '<p>Parole fuori posto</p>' } });
    expect((await decide(moderator, item?.id ?? '', { decision: 'granted', reason: 'Ho cambiato idea' })).body).toMatchObject({ status: 403, code: 'case-own-decision' });
    expect((await queue(moderator, '?limit=100')).find(({ id }) => id === item?.id)?.abilities.decide).toBe(false);
    expect((await decide(admin, item?.id ?? '', { decision: 'granted', reason: 'La citazione è esatta' })).status).toBe(200);
    expect((await author.client.get<ThreadView>(`threads/${number}?from=2`)).body.posts[0]).toMatchObject({ html: '<p>Parole fuori posto</p>', deleted: null });
    expect((await measures(author.client))[0]).toMatchObject({ lifted: { reason: 'La citazione è esatta' }, appeal: { outcome: 'granted' } });
    expect((await kinds(author.person)).filter((kind) => kind !== 'post-hidden')).toEqual(['appeal-granted']);
    expect(await database()('audit_entries').where({ act: 'measure.lift', subject_id: postId })).toHaveLength(1);
    expect((await appeal(author.client, measure)).body).toMatchObject({ code: 'measure-lifted' });
  });

  it('is rejected by another moderator, told with the reason, and is the last one', async () => {
    const other = await app.as(await aModerator(network));
    const { author, measure, postId } = await aMeasure();
    await appeal(author.client, measure);
    const { case_id } = (await database()('moderation_appeals').where('measure_id', measure).first('case_id')) as { case_id: string };
    expect((await decide(other, case_id, { decision: 'rejected', reason: 'Il tono resta offensivo' })).status).toBe(200);
    expect(await database()('posts').where('id', postId).first('deleted_at')).not.toEqual({ deleted_at: null });
    expect(await kinds(author.person)).toContain('appeal-rejected');
    expect((await appeal(author.client, measure)).body).toMatchObject({ code: 'appeal-given' });
  });

  it('tells the moderators who did not decide, once for a queue', async () => {
    const own = await aNetwork();
    const [first, second] = [await aModerator(own), await aModerator(own)];
    const { author, caseId } = await aFlagged(own);
    await aFlagged(own);
    expect((await kinds(second)).filter((kind) => kind === 'moderation-flagged')).toHaveLength(1);
    await decide(await app.as(first), caseId, { decision: 'upheld', reason: 'Fuori posto', hide: true });
    await appeal(author.client, (await measures(author.client))[0]?.id ?? '');
    expect(await kinds(second)).toContain('moderation-appeal');
    expect(await kinds(first)).not.toContain('moderation-appeal');
  });
});

it('a person who is nobody’s moderator grants no trust, sees no measure of others', async () => {
  const { author, flagger, caseId } = await aFlagged();
  await decide(moderator, caseId, { decision: 'upheld', reason: 'Fuori posto', hide: true });
  expect((await measures(author.client)).length).toBe(1);
  expect(await measures(flagger.client)).toEqual([]);
  expect(await measures(flagger.client, '?scope=moderated')).toEqual([]);
  expect((await flagger.client.put(`moderation/people/${author.person.id}/trust`, { level: 'member' })).status).toBe(404);
  expect((await moderator.put(`moderation/people/${(await aPerson()).id}/trust`, { level: 'member' })).status).toBe(404);
});
