import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { anAdministrator, aPerson, aTrainer } from '../accounts/factory.ts';
import { aMember, aModerator, aNetwork } from '../community/factory.ts';
import type { Channel, ChannelHits, ChannelList, ChannelMessage, ChannelMessages } from '../contract/channels.ts';
import { anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { anEnrolment } from '../learning/factory.ts';
import { writeDigest } from '../notifications/digest/write-digest.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';

let app: TestApp;
const sockets: Socket[] = [];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

type Heard = { event: string; told: { message?: ChannelMessage; sequence?: number } }[];
async function hearing(browser: TestClient, place: string): Promise<{ ok: boolean; heard: Heard; socket: Socket }> {
  const socket = io(`${app.url}/app`, { extraHeaders: { cookie: browser.cookieHeader }, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  const heard: Heard = [];
  socket.onAny((event: string, told: Heard[number]['told']) => event.startsWith('channel:') && heard.push({ event, told }));
  const { ok } = (await socket.emitWithAck('subscribe', `channel:${place}`)) as { ok: boolean };
  return { ok, heard, socket };
}
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 5000; !(await what()); await new Promise((resolve) => setTimeout(resolve, 5))) if (Date.now() > deadline) throw new Error('It did not happen in time');
}

const words = (text: string, more: object = {}) => ({ clientId: randomUUID(), text, ...more });
const write = (client: TestClient, place: string, text: string, more: object = {}) => client.post<{ message: ChannelMessage; code?: string }>(`channels/${place}/messages`, words(text, more));
const read = async (client: TestClient, place: string) => (await client.get<Channel>(`channels/${place}`)).body;
const cardOf = async (client: TestClient, place: string) => (await client.get<ChannelList>('channels')).body.items.find((card) => card.place === place);

async function aNetworkChannel(reading: 'public' | 'members' = 'public') {
  const network = await aNetwork({ joining: 'open', reading });
  const [ada, bea, guard] = [await aMember(network, { person: await aPerson({ given_name: 'Ada', family_name: 'Rizzo' }) }), await aMember(network, { person: await aPerson({ given_name: 'Bea', family_name: 'Lai' }) }), await aModerator(network)];
  const [a, b, keeper, stranger] = [await app.as(ada), await app.as(bea), await app.as(guard), await app.as(await aPerson())];
  return { network, place: `rete-${network.key}`, ada, bea, guard, a, b, keeper, stranger };
}

async function anEditionChannel() {
  const edition = await anEdition();
  const trainer = await aTrainer(edition.course);
  const enrolment = await anEnrolment({ edition });
  const other = await anEnrolment({ edition });
  const waiting = await anEnrolment({ edition, status: 'waiting' });
  return { edition, enrolment, place: `edizione-${edition.id}`, teaches: await app.as(trainer), learns: await app.as(enrolment.person), also: await app.as(other.person), waits: await app.as(waiting.person), other, trainer };
}

describe('what is said in a channel', () => {
  it('is heard whole by who is there, numbered without a gap, once however often it is sent', async () => {
    const { place, a, b } = await aNetworkChannel();
    const { ok, heard } = await hearing(b, place);
    expect(ok).toBe(true);
    const first = words('Buongiorno a tutti');
    const sent = await Promise.all([a.post(`channels/${place}/messages`, first), a.post(`channels/${place}/messages`, first), ...Array.from({ length: 6 }, (_, i) => write(i % 2 ? a : b, place, `Messaggio ${i}`))]);
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 201));
    const channel = await read(b, place);
    expect(channel.messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(channel).toMatchObject({ place, kind: 'network', lastSequence: 7, refusal: null, abilities: { write: true, moderate: false } });
    await until(() => heard.length === 7);
    expect(heard.map(({ told }) => told.message).sort((x, y) => (x?.sequence ?? 0) - (y?.sequence ?? 0))).toEqual(channel.messages);
  });

  it('arrives however much its letters weigh', async () => {
    const { place, a, b } = await aNetworkChannel();
    const { heard } = await hearing(b, place);
    const longest = '\u{9577}'.repeat(2000);
    expect((await write(a, place, longest)).status).toBe(201);
    await write(a, place, 'E una breve');
    await until(() => heard.length === 2);
    expect(heard.map(({ told }) => told.message?.text).sort()).toEqual(['E una breve', longest].sort());
  });

  it('is read in parts, from a number on; who was away hears what was taken away meanwhile', async () => {
    const { place, a, b } = await aNetworkChannel();
    for (let i = 1; i <= 6; i += 1) await write(a, place, `Parte ${i}`);
    expect((await a.put(`channels/${place}/messages/2/removal`, {})).status).toBe(200);
    const page = async (query: string) => (await b.get<ChannelMessages>(`channels/${place}/messages?${query}`)).body;
    expect((await page('from=3&limit=2')).items.map(({ text }) => text)).toEqual(['Parte 3', 'Parte 4']);
    expect(await page('from=7')).toEqual({ items: [], hidden: [2], lastSequence: 6 });
    expect((await page('limit=3')).items.map(({ sequence }) => sequence)).toEqual([4, 5, 6]);
    expect((await page('from=1&limit=2')).items.map(({ text }) => text)).toEqual(['Parte 1', null]);
    expect((await b.get(`channels/${place}/messages?limit=101`)).status).toBe(422);
  });

  it('is taken away by its author, and by who keeps order, which is recorded with its words', async () => {
    const { place, a, b, keeper, network, guard, ada } = await aNetworkChannel();
    const { heard } = await hearing(b, place);
    await write(a, place, 'Una svista');
    await write(a, place, 'Una parola di troppo');
    expect((await b.put(`channels/${place}/messages/1/removal`, {})).status).toBe(404);
    expect((await a.put(`channels/${place}/messages/1/removal`, {})).status).toBe(200);
    for (let i = 0; i < 2; i += 1) expect((await keeper.put(`channels/${place}/messages/2/removal`, {})).status).toBe(200);
    expect((await keeper.put(`channels/${place}/messages/9/removal`, {})).status).toBe(404);
    await until(() => heard.filter(({ event }) => event === 'channel:hidden').length >= 2);
    expect((await read(b, place)).messages.map(({ text }) => text)).toEqual([null, null]);
    expect(await database()('audit_entries').where({ act: 'channel.message.hide', subject_id: network.id })).toEqual([expect.objectContaining({ actor_id: guard.id, details: { place, sequence: 2, before: 'Una parola di troppo', authorId: ada.id } })]);
    expect((await b.get<ChannelHits>(`channels/${place}/search?q=parola`)).body.items).toEqual([]);
  });

  it('says what is wrong', async () => {
    const { place, a } = await aNetworkChannel();
    for (const wrong of [words(' '), words('a'.repeat(2001)), { text: 'Senza id' }, words('Troppi', { named: Array.from({ length: 11 }, () => randomUUID()) })]) expect({ wrong, status: (await a.post(`channels/${place}/messages`, wrong)).status }).toEqual({ wrong, status: 422 });
    for (const nowhere of ['rete-', 'rete-A', 'edizione-1', 'aula-1', `edizione-${randomUUID()}`, 'rete-che-non-esiste']) expect({ nowhere, ok: [404, 422].includes((await a.get(`channels/${nowhere}`)).status) }).toEqual({ nowhere, ok: true });
    expect((await read(a, place)).messages).toEqual([]);
  });
});

describe('who is in a channel', () => {
  it('of a network: its members and who moderates, also where everybody reads its threads; who leaves hears nothing more', async () => {
    const { network, place, a, b, keeper, stranger } = await aNetworkChannel();
    await write(a, place, 'Tra noi');
    for (const [who, status] of [[b, 200], [keeper, 200], [await app.as(await anAdministrator()), 200], [stranger, 403], [app.anonymous(), 401]] as const) expect((await who.get(`channels/${place}`)).status).toBe(status);
    expect((await write(stranger, place, 'Posso?')).body.code).toBe('channel-not-in');
    expect((await hearing(stranger, place)).ok).toBe(false);
    const { heard, socket } = await hearing(b, place);
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await b.delete(`networks/${network.key}/membership`)).status).toBe(200);
    await cut;
    await write(a, place, 'Ora che se n’è andata');
    expect((await hearing(b, place)).ok).toBe(false);
    expect(heard).toEqual([]);
    expect((await b.get(`channels/${place}`)).status).toBe(403);
    const { network: closed, stranger: nobody } = { ...(await aNetworkChannel('members')) };
    await database()('networks').where('id', closed.id).update({ joining: 'closed' });
    expect((await nobody.get(`channels/rete-${closed.key}`)).status).toBe(404);
  });

  it('of an edition: who learns in it and who trains; not who waits, and not who has withdrawn', async () => {
    const { edition, enrolment, place, teaches, learns, also, waits } = await anEditionChannel();
    expect((await write(learns, place, 'Dov’è il programma?')).status).toBe(201);
    expect((await write(teaches, place, 'Nella prima lezione')).status).toBe(201);
    expect((await read(also, place)).messages.map(({ text }) => text)).toEqual(['Dov’è il programma?', 'Nella prima lezione']);
    expect([(await read(learns, place)).href, (await read(teaches, place)).href]).toEqual([`/percorso/${enrolment.id}`, `/amministrazione/edizioni/${edition.id}`]);
    expect([(await read(learns, place)).abilities.moderate, (await read(teaches, place)).abilities.moderate]).toEqual([false, true]);
    for (const who of [waits, await app.as(await aPerson())]) expect((await who.get(`channels/${place}`)).status).toBe(404);
    const { socket } = await hearing(learns, place);
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await learns.put(`enrolments/${enrolment.id}/withdrawal`, {})).status).toBe(200);
    await cut;
    expect((await learns.get(`channels/${place}`)).status).toBe(404);
    expect((await hearing(learns, place)).ok).toBe(false);
  });

  it('does not write while she is suspended, nor where it is over', async () => {
    const { network, place, a, ada, guard, b } = await aNetworkChannel();
    await write(a, place, 'Prima');
    await database()('moderation_measures').insert({ kind: 'suspended', person_id: ada.id, network_id: network.id, reason: 'Toni', until: new Date(Date.now() + 86_400_000), taken_at: new Date(), taken_by: guard.id });
    expect((await write(a, place, 'Dopo')).body.code).toBe('writing-suspended');
    expect(await read(a, place)).toMatchObject({ refusal: { code: 'writing-suspended' }, abilities: { write: false } });
    expect((await a.get(`channels/${place}/people?q=bea`)).status).toBe(403);
    const { edition, place: lessons, learns } = await anEditionChannel();
    await write(learns, lessons, 'Ci siamo');
    await database()('editions').where('id', edition.id).update({ cancelled_at: new Date(), cancel_reason: 'Pochi iscritti' });
    expect((await write(learns, lessons, 'E adesso?')).body.code).toBe('channel-over');
    expect((await read(learns, lessons)).messages).toHaveLength(1);
    expect((await write(b, place, 'Io sì')).status).toBe(201);
  });

  it('is written by nobody who is sent out while she waits for her turn', async () => {
    const { network, place, a, ada } = await aNetworkChannel();
    await write(a, place, 'Prima');
    let late: Promise<{ status: number }> | undefined;
    await database().transaction(async (tx) => {
      await tx('channels').where('network_id', network.id).forUpdate().first('id');
      late = write(a, place, 'Dopo');
      for (const waits = async () => (await database().raw<{ rows: unknown[] }>("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rows.length; (await waits()) === 0; ) await new Promise((resolve) => setTimeout(resolve, 5));
      await tx('network_members').where({ network_id: network.id, person_id: ada.id }).update({ status: 'removed' });
    });
    expect((await late)?.status).toBe(403);
    expect(await database()('channel_messages').where('text', 'Dopo')).toEqual([]);
  });
});

describe('what is new in a channel', () => {
  it('is what others wrote since she read, or since she came, in every window of hers', async () => {
    const { network, place, a, b, bea } = await aNetworkChannel();
    expect(await cardOf(b, place)).toMatchObject({ unread: 0, excerpt: null, lastAt: null });
    await write(a, place, 'Uno');
    await write(b, place, 'Due');
    await write(a, place, 'Tre');
    expect(await cardOf(b, place)).toMatchObject({ unread: 2, excerpt: 'Tre', author: 'Ada Rizzo' });
    expect(await cardOf(a, place)).toMatchObject({ unread: 1 });
    const { heard } = await hearing(b, place);
    expect((await b.put(`channels/${place}/reading`, { sequence: 99 })).body).toEqual({ readSequence: 3 });
    expect((await b.put(`channels/${place}/reading`, { sequence: 1 })).body).toEqual({ readSequence: 3 });
    await until(() => heard.some(({ event, told }) => event === 'channel:read' && told.sequence === 3));
    expect(await cardOf(b, place)).toMatchObject({ unread: 0 });
    // Her own words are read as she writes them, where she had read what came before
    await write(b, place, 'Quattro');
    expect((await read(b, place)).readSequence).toBe(4);
    await write(a, place, 'Cinque');
    await a.put(`channels/${place}/messages/5/removal`, {});
    expect(await cardOf(b, place)).toMatchObject({ unread: 0, excerpt: 'Quattro' });
    const late = await aMember(network, { person: await aPerson() });
    await database()('network_members').where('id', late.membershipId).update({ decided_at: new Date() });
    await write(a, place, 'Benvenuto');
    expect(await cardOf(await app.as(late), place)).toMatchObject({ unread: 1 });
    expect((await (await app.as(await anAdministrator())).get<ChannelList>('channels')).body.items).toEqual([]);
    expect(bea.id).toBeTruthy();
  });

  it('is a list of her networks and editions, what was written last first', async () => {
    const { place, learns, enrolment, teaches } = await anEditionChannel();
    const network = await aNetwork();
    await aMember(network, { person: enrolment.person });
    expect((await learns.get<ChannelList>('channels')).body.items.map((card) => card.place)).toEqual(expect.arrayContaining([place, `rete-${network.key}`]));
    await write(learns, `rete-${network.key}`, 'Ciao rete');
    await write(learns, place, 'Ciao edizione');
    expect((await learns.get<ChannelList>('channels')).body.items.slice(0, 2).map(({ kind, title }) => [kind, title])).toEqual([['edition', expect.stringContaining('PROVA-')], ['network', network.name]]);
    expect(await cardOf(teaches, place)).toMatchObject({ unread: 1 });
  });
});

describe('who is named', () => {
  it('is found by her name among those who are there, and told once, with a link to where; not once she has read it', async () => {
    const { place, a, b, ada, bea, stranger } = await aNetworkChannel();
    expect((await a.get<{ items: { id: string }[] }>(`channels/${place}/people?q=${encodeURIComponent('béa la')}`)).body.items.map(({ id }) => id)).toEqual([bea.id]);
    expect((await stranger.get(`channels/${place}/people?q=bea`)).status).toBe(403);
    const outside = await aPerson({ given_name: 'Ivo', family_name: 'Estraneo' });
    const { body } = await write(a, place, 'Lo sa @Bea Lai, non @Ivo Estraneo', { named: [bea.id, outside.id, ada.id] });
    expect(body.message.named).toEqual([{ id: bea.id, name: 'Bea Lai' }]);
    // Named and not written in the text: nobody is told of what does not concern her
    expect((await write(a, place, 'Solo parole', { named: [bea.id] })).body.message.named).toEqual([]);
    await app.settled();
    const notices = async () => (await database()('notices').where({ person_id: bea.id, kind: 'channel-mention' }).select('link', 'read_at')) as { link: string; read_at: Date | null }[];
    expect(await notices()).toEqual([{ link: `/chat/${place}?da=1`, read_at: null }]);
    expect(await database()('mails').where('person_id', bea.id).pluck('subject')).toEqual([expect.stringContaining('Ada Rizzo')]);
    expect((await b.put(`channels/${place}/reading`, { sequence: 2 })).status).toBe(200);
    await app.settled();
    expect((await notices())[0]?.read_at).not.toBeNull();
    // Who is looking has read it before she would be told; and who has left is told nothing
    await write(a, place, 'Ancora @Bea Lai', { named: [bea.id] });
    await b.put(`channels/${place}/reading`, { sequence: 3 });
    await app.settled();
    await database()('network_members').where('person_id', bea.id).update({ status: 'left' });
    expect((await write(a, place, 'Addio @Bea Lai', { named: [bea.id] })).body.message.named).toEqual([]);
    await app.settled();
    expect((await notices()).filter(({ read_at }) => read_at === null)).toEqual([]);
  });

  it('hears of it in her digest where she wants it so, while she is still there', async () => {
    const { place, a, b, bea, network } = await aNetworkChannel();
    const { place: second, a: other, network: left } = await aNetworkChannel();
    await aMember(left, { person: bea });
    const settings = (await b.get<object>('notification-settings')).body as { ways: object };
    expect((await b.put('notification-settings', { ...settings, ways: { ...settings.ways, mention: 'daily' } })).status).toBe(200);
    await write(a, place, 'Lo sa @Bea Lai', { named: [bea.id] });
    await write(other, second, 'Anche qui @Bea Lai', { named: [bea.id] });
    await app.settled();
    expect(await database()('mails').where('person_id', bea.id)).toEqual([]);
    await database()('network_members').where({ person_id: bea.id, network_id: left.id }).update({ status: 'left' });
    await writeDigest(bea.id, '2026-11-25');
    const [mail] = (await database()('mails').where('person_id', bea.id).pluck('body_text')) as string[];
    expect(mail).toContain('Nelle chat');
    expect(mail).toContain(`/chat/rete-${network.key}?da=1`);
    expect(mail).not.toContain(`/chat/rete-${left.key}`);
    await writeDigest(bea.id, '2026-11-26');
    expect(await database()('mails').where('person_id', bea.id)).toHaveLength(1);
  });

  it('in an edition is who learns there or trains', async () => {
    const { place, learns, other, trainer, teaches } = await anEditionChannel();
    const names = (await database()('people').whereIn('id', [other.person.id, trainer.id]).select('id', 'given_name', 'family_name')) as { id: string; given_name: string; family_name: string }[];
    const text = names.map(({ given_name, family_name }) => `@${given_name} ${family_name}`).join(' e ');
    expect((await write(learns, place, text, { named: names.map(({ id }) => id) })).body.message.named.map(({ id }) => id).sort()).toEqual([other.person.id, trainer.id].sort());
    await app.settled();
    expect(await database()('notices').where('kind', 'channel-mention').whereIn('person_id', [other.person.id, trainer.id])).toHaveLength(2);
    // And whoever may keep order in all of them, who answers there
    const everywhere = await aPerson({ given_name: 'Ugo', family_name: 'Ovunque', roles: [{ role: 'trainer', scope: 'platform', scopeId: null }] });
    expect((await write(await app.as(everywhere), place, 'Rispondo io')).status).toBe(201);
    expect((await write(learns, place, 'Grazie @Ugo Ovunque', { named: [everywhere.id] })).body.message.named).toEqual([{ id: everywhere.id, name: 'Ugo Ovunque' }]);
    await app.settled();
    expect(await database()('notices').where({ kind: 'channel-mention', person_id: everywhere.id })).toHaveLength(1);
    expect(await cardOf(teaches, place)).toMatchObject({ unread: 3 });
  });
});

describe('the search of a channel', () => {
  it('finds by the stem of a word and what else it is called, the newest first, page by page', async () => {
    const { place, a, b, stranger } = await aNetworkChannel();
    for (let i = 1; i <= 22; i += 1) await write(a, place, `La delibera numero ${i} è pronta`);
    await write(b, place, 'Parliamo d’altro');
    const first = (await b.get<ChannelHits>(`channels/${place}/search?q=delibere`)).body;
    expect(first.items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, i) => 22 - i));
    expect(first.items[0]?.parts).toEqual([{ text: 'delibera', hit: true }, { text: ' numero 22 è pronta', hit: false }]);
    const second = (await b.get<ChannelHits>(`channels/${place}/search?q=delibere&before=${first.next}`)).body;
    expect([second.items.map(({ sequence }) => sequence), second.next]).toEqual([[2, 1], null]);
    expect((await b.get<ChannelHits>(`channels/${place}/search?q=${encodeURIComponent('"numero 7"')}`)).body.items.map(({ sequence }) => sequence)).toEqual([7]);
    expect((await b.get<ChannelHits>(`channels/${place}/search?q=inesistente`)).body).toEqual({ items: [], next: null });
    expect((await stranger.get(`channels/${place}/search?q=delibera`)).status).toBe(403);
    expect((await b.get(`channels/${place}/search?q=a`)).status).toBe(422);
  });
});
