import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { io, type Socket } from 'socket.io-client';
import { aCoordinator, anAdministrator, aPerson, aTrainer } from '../accounts/factory.ts';
import type { Post } from '../contract/community.ts';
import { anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { files } from '../gateways/files.ts';
import { writeDigest } from '../notifications/digest/write-digest.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { openPdf, textsOf } from '../testing/read-pdf.ts';
import { aDocument, anUpload } from './documents/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from './factory.ts';
import { aSeat, aWebinar } from '../webinars/factory.ts';
import { recordPresence } from '../webinars/record-presence.ts';
import { remindWebinars } from '../webinars/remind-webinars.ts';
import { aDraft, aPublished } from './practices/factory.ts';

/** What is said in the closed network and nowhere else, by the place where it is said. */
const SECRETS = {
  name: 'Ornitorinco', summary: 'salamandra', member: 'Tarabuso', title: 'mirtillo', tag: 'betulla', question: 'ginepro', reply: 'corbezzolo', before: 'rododendro', mention: 'ginestrone',
  document: 'alabastro', about: 'travertino', file: 'malachite', text: 'ossidiana', attached: 'turchese', practice: 'fenicottero', solution: 'pellicano', review: 'cormorano', theme: 'gabbianella',
  said: 'calabrone', staff: 'formichiere', asked: 'porcospino', poll: 'istricella', choice: 'lontrina', webinar: 'gattopardo', topic: 'libellula', answer: 'cavalletta', host: 'Codibugnolo',
  mark: 'martinetta', recorded: 'averlina', wondered: 'gheppiola', caption: 'civettuola', film: 'upupetta', kept: 'barbagianna',
  flag: 'girasole', hidden: 'cicoria', reason: 'nasturzio', request: 'papavero', held: 'biancospino', later: 'melograno', open: 'corniolo', draft: 'pungitopo',
  // Where something is heard or shown that has no words of its own
  picture: 'la figura', hint: 'il richiamo',
  deck: 'acquamarina', slide: 'tormalina', drawn: 'ametista', told: 'acquaforte', spoken: 'zirconata', chatted: 'malachitina',
} as const;
type Secret = keyof typeof SECRETS;
/** The same things in a public network: what a channel tells to everybody. */
const PUBLIC = { name: 'Passeraceo', title: 'lampone', reply: 'sambuco', webinar: 'leopardo', document: 'marmorino', text: 'basaltina', practice: 'rondinella' } as const;

/** What two people, one of them in that network, write to each other: nobody else hears it, whatever she is in there or here. */
const PRIVATE = { said: 'belladonna', reported: 'stramonio' } as const;

/** Who must hear nothing. */
const OUTSIDERS = [
  'anonymous', 'newcomer', 'foreign member', 'coordinator elsewhere', 'coordinator of the members’ body', 'foreign moderator', 'trainer', 'requesting', 'refused', 'left', 'removed', 'suspended member',
] as const;
/** Who must hear: a channel that tells them nothing would prove nothing. */
const INSIDERS = ['member', 'moderator', 'administrator'] as const;
type Role = (typeof OUTSIDERS)[number] | (typeof INSIDERS)[number];
/** Who knows the network's name from her own doings there: the notice of a refusal says of what. */
const KNOWS_THE_NAME: Role[] = ['requesting', 'refused', 'left', 'removed'];

interface World {
  network: BuiltNetwork;
  open: BuiltNetwork;
  thread: number;
  openThread: number;
  changedPost: string;
  document: number;
  attached: number;
  picture: string;
  published: number;
  inReview: number;
  openPractice: number;
  webinar: number;
  over: number;
  recordingFile: string;
  slides: string;
  /** Answers in the closed network, and shows all that she knows. */
  knows: string;
  /** Two people who write to each other, and what one of them told the moderators of. */
  pair: [Person, Person];
  conversation: string;
  copy: string;
}

interface Person {
  id: string | null;
  client: TestClient;
  heard: string[];
}

const MONDAY = '2026-11-30';

let app: TestApp;
let world: World;
let people: Record<Role, Person>;
const sockets: Socket[] = [];

async function connect(client: TestClient): Promise<Socket> {
  const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: client.cookieHeader } });
  sockets.push(socket);
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  return socket;
}
const subscribe = (socket: Socket, topic: string) => new Promise<{ ok: boolean; code?: string }>((resolve) => socket.emit('subscribe', topic, resolve));
const until = (socket: Socket, event: string, test: (hint: Record<string, unknown>) => boolean) =>
  new Promise<void>((resolve) => socket.on(event, (hint: Record<string, unknown>) => test(hint) && resolve()));

async function done<T>(reply: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await reply;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** A closed network as lively as one gets, and a public one; every outsider has chosen to follow both as closely as one can. */
async function buildWorld(): Promise<void> {
  const treviso = await aProvince('Treviso');
  const network = await aNetwork({ key: 'chiusa', name: `Rete ${SECRETS.name}`, joining: 'request', reading: 'members' });
  await database()('networks').where('id', network.id).update({ summary: `Qui si parla di ${SECRETS.summary}` });
  const open = await aNetwork({ key: 'aperta', name: `Rete ${PUBLIC.name}` });
  const someone = async (id: string | null): Promise<Person> => ({ id, client: id ? await app.as({ id }) : app.anonymous(), heard: [] });
  const moderator = await aModerator(network);
  const writer = await aMember(network, { person: await aPerson({ family_name: SECRETS.member, body: await aProvince('Belluno') }) });
  const asks = async () => {
    const person = await aPerson();
    await done((await app.as(person)).put(`networks/${network.key}/membership`, { motivation: `Mi occupo di ${SECRETS.request}` }));
    return person;
  };
  const membershipOf = async (person: { id: string }) => ((await database()('network_members').where({ network_id: network.id, person_id: person.id }).first('id')) as { id: string }).id;
  const [member, removed, left, suspended, refused, requesting] = [await aMember(network), await aMember(network), await aMember(network), await aMember(network), await asks(), await asks()];
  const [moderates, writes, administrator] = [await app.as(moderator), await app.as(writer), await anAdministrator()];
  const [administers, removedClient] = [await app.as(administrator), await app.as(removed)];
  // Removed and left took part before: they asked what others answer later on
  const { number: theirs } = await aThread(removedClient, network, { title: 'Quello che chiedeva lei' });
  await aReply(await app.as(left), theirs);
  await aDraft(removedClient, network);
  await done(moderates.put(`memberships/${removed.membershipId}/removal`, { reason: 'Ha cambiato ufficio' }));
  await done((await app.as(left)).delete(`networks/${network.key}/membership`));
  await done(moderates.put(`memberships/${await membershipOf(refused)}/decision`, { decision: 'refused', reason: 'Non è del mestiere' }));
  await done(administers.put(`people/${suspended.id}/suspension`, { reason: 'Usava la piattaforma per altro' }));
  await database()('networks').where('id', network.id).update({ joining: 'closed' });
  const course = await anEdition();
  const ids: Record<Role, string | null> = {
    'anonymous': null, 'newcomer': (await aPerson({ body: null })).id, 'foreign member': (await aMember(open)).id, 'coordinator elsewhere': (await aCoordinator({ body: await aProvince('Nuoro') })).id,
    'coordinator of the members’ body': (await aCoordinator({ body: treviso })).id, 'foreign moderator': (await aModerator(open)).id, 'trainer': (await aTrainer(course.course)).id,
    'requesting': requesting.id, 'refused': refused.id, 'left': left.id, 'removed': removed.id, 'suspended member': suspended.id, 'member': member.id, 'moderator': moderator.id, 'administrator': administrator.id,
  };
  people = Object.fromEntries(await Promise.all(Object.entries(ids).map(async ([role, id]) => [role, await someone(id)]))) as Record<Role, Person>;
  const everybody = Object.values(ids).filter((id) => id !== null);
  const file = async (client: TestClient, name: string, bytes: Uint8Array<ArrayBuffer>) => anUpload(client, name, bytes);
  const picture = await done(writes.post<{ id: string; address: string }>(`networks/${network.key}/images`, { uploadId: await file(writes, 'punto.png', new Uint8Array(await sharp({ create: { width: 2, height: 2, channels: 3, background: '#06c' } }).png().toBuffer())) }));
  const { number: thread, postId } = await aThread(writes, network, { title: `Domanda sul ${SECRETS.title}`, html: `<p>${SECRETS.before}</p>`, tags: [SECRETS.tag] });
  await done(writes.patch(`posts/${postId}`, { html: `<p>Come si coltiva il ${SECRETS.question}?</p><img src="${picture.address}" alt="foto">` }));
  const { number: openThread } = await aThread(await app.as({ id: ids['foreign member'] ?? '' }), open, { title: `Domanda sul ${PUBLIC.title}` });
  const levels = everybody.flatMap((id) => [network, open].map((where) => ({ person_id: id, network_id: where.id, level: 'watching', changed_at: new Date() })));
  await database()('notification_levels').insert(levels);

  // Everybody listens, wherever she is let; what is written from here on could be heard
  for (const person of Object.values(people)) {
    const socket = await connect(person.client);
    socket.onAny((event: string, hint: Record<string, unknown>) => {
      const closed = hint['number'] === thread || hint['thread'] === thread || hint['network'] === network.key || hint['topic'] === `presence:${thread}`;
      person.heard.push(`${event} ${JSON.stringify(hint)} ${closed && event !== 'notices:changed' ? SECRETS.hint : ''}`);
    });
    for (const topic of [`thread:${thread}`, `network:${network.id}`, `presence:${thread}`, `channel:rete-${network.key}`]) if ((await subscribe(socket, topic)).ok) person.heard.push(`${topic} ${SECRETS.hint}`);
    expect(await subscribe(socket, `thread:${openThread}`)).toEqual({ ok: true });
  }
  const reply = await aReply(writes, thread, `<p>Con il ${SECRETS.reply}.</p>`);
  // What somebody is writing is nobody else’s, of no network
  for (const [place, where] of [[`threads/${thread}`, writes], [`networks/${network.key}`, writes]] as const) await done(where.put(`${place}/draft`, { version: 0, device: randomUUID(), html: `<p>Forse il ${SECRETS.draft}</p>` }));
  // Removed, she keeps her own words, but learns no more where they were to stand
  await database()('drafts').insert({ person_id: removed.id, thread_id: (await database()('threads').where('number', thread).first('id') as { id: string }).id, title: '', html: '<p>Le mie parole</p>', device: randomUUID(), changed_at: new Date() });
  const knows = await aMember(network, { person: await aPerson({ given_name: 'Lucia', family_name: 'Sa', body: await aProvince('Nuoro') }) });
  const { number: solved } = await aThread(writes, network, { title: 'Quello che sapeva una collega', tags: [SECRETS.tag] });
  const answer = await aReply(await app.as(knows), solved, '<p>Ecco come.</p>');
  await done(writes.put(`threads/${solved}/acceptance`, { postId: answer.id }));
  await done((await app.as(knows)).put('me/expertise', { competences: ['giardinaggio'], shown: { competences: true, answers: true, certificates: true } }));
  // A post names ten people at most
  for (const some of [everybody.slice(0, 9), everybody.slice(9)]) await aReply(writes, thread, `<p>${SECRETS.mention} ${some.map((id) => `<span data-person="${id}">@tutte</span>`).join(' ')}</p>`);
  await aReply(writes, theirs, `<p>Per chi non c’è più: ${SECRETS.later}</p>`);
  const document = await aDocument(writes, network, { title: `Schema ${SECRETS.document}`, summary: `Parla di ${SECRETS.about}`, words: `Le parti convengono su ${SECRETS.text}.`, name: `${SECRETS.file}.pdf` });
  const [attachedPost] = (await done(writes.post<{ items: Post[] }>(`threads/${thread}/posts`, { clientId: randomUUID(), html: '<p>Allego.</p>', attachments: [{ uploadId: await anUpload(writes, 'nota.txt', new TextEncoder().encode(`Nota su ${SECRETS.open}`)), title: `Nota ${SECRETS.attached}` }] }))).items;
  const published = await aPublished(writes, moderates, network, { title: `Il metodo ${SECRETS.practice}`, solution: `<p>Si usa il ${SECRETS.solution}.</p>`, tags: [SECRETS.theme] });
  const inReview = await aDraft(writes, network, { title: `Il metodo ${SECRETS.review}` });
  await done(writes.put(`practices/${inReview}/submission`, { revision: 1 }));
  const asking = await aMember(network, { status: 'requested' });
  await database()('network_members').where('id', asking.membershipId).update({ motivation: `Mi occupo di ${SECRETS.request}` });
  await done(people.member.client.post(`posts/${reply.id}/flags`, { reason: 'other', note: `Dice ${SECRETS.flag}` }));
  const hidden = await aReply(writes, thread, `<p>${SECRETS.hidden}</p>`);
  await done(moderates.put(`posts/${hidden.id}/removal`, { reason: `Troppo ${SECRETS.reason}` }));
  await done(moderates.post(`networks/${network.key}/members`, { personIds: [(await aPerson()).id] }));
  await database()('networks').where('id', network.id).update({ hold_first: true });
  await done((await app.as(await aMember(network))).post(`threads/${thread}/posts`, { clientId: randomUUID(), html: `<p>${SECRETS.held}</p>` }));
  await database()('networks').where('id', network.id).update({ hold_first: false });

  // Everybody has a seat in the closed network's webinars, from before or by mistake; who runs them is of the network
  const host = await aMember(network, { person: await aPerson({ family_name: SECRETS.host, body: await aProvince('Belluno') }) });
  const questions = [{ key: 'domanda-1', text: 'Che cosa ti interessa?', required: false }];
  const [webinar, over] = [await aWebinar({ network, organiser: host, title: `Parliamo di ${SECRETS.webinar}`, summary: `E di ${SECRETS.topic}`, questions, kind: 'class' }), await aWebinar({ network, organiser: host, title: `Parlammo di ${SECRETS.webinar}`, starts: -90, kind: 'class' })];
  await aWebinar({ network: open, organiser: { id: ids['foreign member'] ?? '' }, title: `Parliamo di ${PUBLIC.webinar}` });
  for (const { id, body_id } of (await database()('people').whereIn('id', everybody).whereNotNull('body_id').select('id', 'body_id')) as { id: string; body_id: string }[]) {
    for (const some of [webinar, over]) await aSeat(some, { id, body_id });
    await database()('webinar_seats').where({ webinar_id: webinar.id, person_id: id }).update({ answers: JSON.stringify({ 'domanda-1': `La ${SECRETS.answer}` }) });
  }
  await recordPresence({ webinarId: over.id, personId: host.id, connection: randomUUID(), role: 'organiser', what: 'join', at: over.starts_at });
  await done(moderates.patch(`webinars/${webinar.number}`, { title: `Parliamo ancora di ${SECRETS.webinar}` }));
  await database()('webinars').where('id', webinar.id).update({ scheduled_at: new Date('2026-01-01'), starts_at: new Date(Date.now() + 30 * 60_000), ends_at: new Date(Date.now() + 90 * 60_000) });
  await remindWebinars();
  const other = await aMember(network);
  const slides = await slidesIn(over, host);
  const [channel] = (await database()('channels').insert({ network_id: network.id, last_sequence: 1, last_at: new Date() }).returning('id')) as { id: string }[];
  await database()('channel_messages').insert({ channel_id: channel?.id, sequence: 1, author_id: other.id, client_id: randomUUID(), text: `Parola riservata: ${SECRETS.chatted}`, at: new Date() });
  await database()('room_announcements').insert({ webinar_id: webinar.id, author_id: host.id, client_id: randomUUID(), text: `Fra poco la ${SECRETS.told}`, at: new Date() });
  await database()('room_talks').insert({ webinar_id: webinar.id, last_caption: 1 }).onConflict('webinar_id').merge({ last_caption: 1 });
  await database()('room_captions').insert({ webinar_id: webinar.id, sequence: 1, author_id: host.id, client_id: randomUUID(), text: `Parliamo della ${SECRETS.spoken}`, began_at: new Date(), at: new Date() });
  const recordingFile = await recordOf({ webinar, over }, host);
  await aSeat(webinar, other);
  // With a seat she would be there as who attends, and hear what they hear
  await database()('webinar_seats').where({ webinar_id: webinar.id, person_id: moderator.id }).delete();
  await talkIn(webinar.number, openThread, host, other);
  // Two people write to each other in private, one reports a message, one takes her data along
  const pair: World['pair'] = [await someone(writer.id), await someone((await aPerson()).id)];
  for (const person of pair) {
    const socket = await connect(person.client);
    socket.onAny((event: string, hint: unknown) => person.heard.push(`${event} ${JSON.stringify(hint)}`));
    expect(await subscribe(socket, `thread:${openThread}`)).toEqual({ ok: true });
  }
  const { conversationId: conversation } = await done(pair[0].client.post<{ conversationId: string }>('conversations', { personId: pair[1].id, clientId: randomUUID(), text: `Resti fra noi: ${PRIVATE.said}` }));
  const { items: [reported] } = await done(pair[0].client.post<{ items: { id: string }[] }>(`conversations/${conversation}/messages`, { clientId: randomUUID(), text: `E anche ${PRIVATE.reported}` }));
  await done(pair[1].client.post(`direct-messages/${reported?.id}/reports`, { reason: 'other', note: 'Non mi piace affatto' }));
  await done(pair[0].client.post('me/data-exports'));
  await app.settled();
  const copy = (await done(pair[0].client.get<{ newest: { id: string } }>('me/data-exports'))).newest.id;

  const foreign = people['foreign member'].client;
  await aDocument(foreign, open, { title: `Schema ${PUBLIC.document}`, words: `Le parti convengono su ${PUBLIC.text}.` });
  const openPractice = await aPublished(foreign, people['foreign moderator'].client, open, { title: `Il metodo ${PUBLIC.practice}` });
  await app.settled();
  world = { network, open, thread, openThread, changedPost: postId, document, attached: attachedPost?.documents[0]?.number ?? 0, picture: picture.address, published, inReview, openPractice, webinar: webinar.number, over: over.number, recordingFile, slides, knows: knows.id, pair, conversation, copy };
  for (const id of everybody) await writeDigest(id, MONDAY);
  // What comes last and to all has everything else before it: PostgreSQL delivers in the order of the commits
  const last = Promise.all(sockets.map((socket) => until(socket, 'thread:changed', ({ number }) => number === openThread)));
  await aReply(foreign, openThread, `<p>Con il ${PUBLIC.reply}.</p>`);
  await last;
  await app.settled();
}

/** A page that was shown in the webinar that is over. @returns the id of its deck. */
async function slidesIn(over: { id: string; starts_at: Date }, host: { id: string }): Promise<string> {
  const [large, digest] = await Promise.all([`La ${SECRETS.drawn} disegnata`, `Il PDF della ${SECRETS.drawn}`].map((words) => files.put(new TextEncoder().encode(words))));
  const deck = { webinar_id: over.id, title: `Della ${SECRETS.deck}`, position: 0, file_name: 'a.pdf', digest, bytes: `Il PDF della ${SECRETS.drawn}`.length, author_id: host.id, at: over.starts_at, upload_id: randomUUID(), state: 'ready', pages: 1 };
  const [made] = (await database()('slide_decks').insert(deck).returning('id')) as { id: string }[];
  await database()('slide_pages').insert({ deck_id: made?.id, number: 1, width: 1, height: 1, words: `Ecco la ${SECRETS.slide}`, small: large, medium: large, large });
  await database()('slide_changes').insert({ webinar_id: over.id, sequence: 1, deck_id: made?.id, page: 1, at: over.starts_at, by: host.id });
  return made?.id ?? '';
}

/** One recording is published to whoever may know of its webinar, another is for who runs it. @returns the id of a file of the first. */
async function recordOf({ webinar, over }: { webinar: { id: string }; over: { id: string; starts_at: Date } }, host: { id: string }): Promise<string> {
  const said = { author_id: host.id, at: over.starts_at };
  const insert = (table: string, row: object) => database()(table).insert({ webinar_id: over.id, ...row });
  await database()('recordings').insert([[over.id, 'public'], [webinar.id, 'staff']].map(([webinar_id, visibility]) => ({ webinar_id, visibility, starts_at: over.starts_at, state: 'ready', duration_ms: 60_000, keep_until: '2030-01-01' })));
  await insert('recording_marks', { ...said, title: `Della ${SECRETS.mark}`, client_id: randomUUID() });
  await database()('recording_marks').insert({ ...said, webinar_id: webinar.id, title: `Della ${SECRETS.kept}`, client_id: randomUUID() });
  await insert('recording_captions', { language: 'it', text: `WEBVTT\n\n00:00.000 --> 00:01.000\nLa ${SECRETS.caption}\n`, cues: 1, sent_by: host.id, at: new Date() });
  await insert('room_messages', { ...said, sequence: 1, role: 'organiser', client_id: randomUUID(), text: `Ecco la ${SECRETS.recorded}` });
  await insert('room_questions', { ...said, client_id: randomUUID(), text: `E la ${SECRETS.wondered}?` });
  const digest = await files.put(new TextEncoder().encode(`Si vede la ${SECRETS.film}`));
  const [file] = (await database()('recording_files').insert({ webinar_id: over.id, kind: 'camera', person_id: host.id, position: 0, media_type: 'video/webm', digest, bytes: `Si vede la ${SECRETS.film}`.length, duration_ms: 60_000 }).returning('id')) as { id: string }[];
  return file?.id ?? '';
}

/** In a room of the closed network whose doors are open somebody writes, asks and votes, in the hearing of whoever is let. */
async function talkIn(number: number, openThread: number, host: { id: string }, other: { id: string }): Promise<void> {
  await database()('webinars').where({ number }).update({ starts_at: new Date(Date.now() - 5 * 60_000) });
  for (const person of Object.values(people)) {
    const socket = await connect(person.client);
    socket.onAny((event: string, hint: Record<string, unknown>) => {
      // Of this room alone: the rest is heard already
      if (event.startsWith('room:')) person.heard.push(`${event} ${JSON.stringify(hint)} ${SECRETS.hint}`);
    });
    for (const topic of [`room:${number}`, `room-staff:${number}`]) if ((await subscribe(socket, topic)).ok) person.heard.push(`${topic} ${SECRETS.hint}`);
    expect(await subscribe(socket, `thread:${openThread}`)).toEqual({ ok: true });
  }
  const [path, leads, asks] = [`webinars/${number}`, await app.as(host), people.member.client];
  await done(leads.post(`${path}/messages`, { clientId: randomUUID(), text: `Buongiorno dal ${SECRETS.said}` }));
  await done((await app.as(other)).post(`${path}/messages`, { clientId: randomUUID(), text: `Solo a chi conduce: ${SECRETS.staff}`, toStaff: true }));
  await done(asks.post(`${path}/questions`, { clientId: randomUUID(), text: `Vale per il ${SECRETS.asked}?` }));
  await done(leads.post(`${path}/polls`, { clientId: randomUUID(), question: `Chi conosce la ${SECRETS.poll}?`, options: ['Nessuno', `La ${SECRETS.choice}`], multiple: false }));
}

interface Channel {
  /** Everything that this way brings to her. */
  read: (person: Person) => Promise<string>;
  /** What it must bring to a member; to who moderates, these and more. */
  member?: readonly Secret[];
  moderator?: readonly Secret[];
  administrator?: readonly Secret[];
  /** What it brings to anybody, or to who is signed in. */
  control?: string;
}

const text = async (person: Person, path: string): Promise<string> => (await person.client.raw('GET', path.startsWith('/') ? path : `/api/v1/${path}`)).text();
/** As it comes, problems too: what they say could tell. */
const route = (path: (w: World) => string) => ({ read: (person: Person) => text(person, path(world)) });
/** Who asks knows what she asked for: only what comes besides it counts. */
const search = (path: string, asked: string, parameter = 'q') => ({ read: async (person: Person) => (await text(person, `${path}${path.includes('?') ? '&' : '?'}${parameter}=${asked}`)).replaceAll(asked, '…') });
const file = (path: (w: World) => string) => ({
  async read({ client }: Person) {
    const reply = await client.raw('GET', `/api/v1/${path(world)}`);
    const type = reply.headers.get('content-type') ?? '';
    const head = JSON.stringify([...reply.headers]);
    if (type.includes('pdf')) return head + (await textsOf(await openPdf(reply))).join(' ');
    return head + (type.startsWith('image/') ? SECRETS.picture : await reply.text());
  },
});
const table = (name: string, like = '%') => ({ read: async ({ id }: Person) => (id ? JSON.stringify(await database()(name).where('person_id', id).whereLike('key', like)) : '') });

const CHANNELS: Record<string, Channel> = {
  'list of networks': { ...route(() => 'networks'), member: ['name', 'summary'], control: PUBLIC.name },
  'network': { ...route(() => 'networks/chiusa'), member: ['name', 'summary', 'tag'] },
  'threads': { ...route(() => 'networks/chiusa/threads'), member: ['title', 'tag', 'member'] },
  'threads of mine': { ...route(() => 'networks/chiusa/threads?filter=mine') },
  'threads with a tag': { ...search('networks/chiusa/threads', SECRETS.tag, 'tag'), member: ['title'] },
  'members': { ...route(() => 'networks/chiusa/members'), member: ['member'] },
  'requests': { ...route(() => 'networks/chiusa/members?status=requested'), moderator: ['request'] },
  'candidates': { ...search('networks/chiusa/candidates', 'Prova'), moderator: [] },
  'mentionable': { ...search('networks/chiusa/mentionable', 'Anna'), member: ['member'] },
  'held posts of mine': route(() => 'networks/chiusa/held-posts'),
  'feed': route(() => 'networks/chiusa/feed'),
  'feed of the public one': { ...route(() => 'networks/aperta/feed'), control: PUBLIC.title },
  'level of the network': route(() => 'networks/chiusa/notice-level'),
  'level of the thread': route(({ thread }) => `threads/${thread}/notice-level`),
  'followed places': { ...route(() => 'notice-levels'), member: ['name'] },
  'thread': { ...route(({ thread }) => `threads/${thread}`), member: ['name', 'title', 'question', 'reply', 'mention', 'attached', 'member', 'tag'], moderator: ['hidden', 'reason'] },
  'posts': { ...route(({ thread }) => `threads/${thread}/posts?from=1`), member: ['question', 'reply', 'mention', 'attached'], moderator: ['hidden'] },
  'earlier words of a post': { ...route(({ changedPost }) => `posts/${changedPost}/versions`), member: ['before'] },
  'search, exact': { ...search('search', SECRETS.reply), member: ['title', 'name', 'member'] },
  'search, misspelt': { ...search('search', 'corbezolo'), member: ['title', 'reply'] },
  'search in the network': { ...search('search?network=chiusa', SECRETS.question), member: ['title'] },
  'search for a public word': { ...search('search', PUBLIC.title), control: PUBLIC.name },
  'search of documents, exact': { ...search('search/documents', SECRETS.text), member: ['document', 'name'] },
  'search of documents, misspelt': { ...search('search/documents', 'schema+alabastr0'), member: ['document'] },
  'search of documents for a public word': { ...search('search/documents', PUBLIC.text), control: PUBLIC.document },
  'search of practices, exact': { ...search('search/practices', SECRETS.solution), member: ['practice', 'name', 'member'] },
  'search of practices, misspelt': { ...search('search/practices', 'pelicano'), member: ['practice', 'solution'] },
  'search of practices for a public word': { ...search('search/practices', PUBLIC.practice), control: PUBLIC.name },
  'search of everything': { ...search('search/all', SECRETS.reply), member: ['title', 'name', 'member'] },
  'search of everything, misspelt': { ...search('search/all', 'corbezolo'), member: ['title', 'reply'] },
  'search of everything, filtered': { ...search(`search/all?author=${SECRETS.member}`, SECRETS.text), member: ['document'] },
  'search of everything with a tag': { ...search(`search/all?tag=${SECRETS.tag}`, SECRETS.question), member: ['title'] },
  'search of everything for a public word': { ...search('search/all', PUBLIC.title), control: PUBLIC.name },
  'people in the search of everything': { ...search('search/all', SECRETS.tag), member: ['name'] },
  'experts': { ...route(() => 'experts?q=giardinaggio'), member: ['name', 'tag'] },
  'all experts': { ...route(() => 'experts'), member: ['name', 'tag'] },
  'experts of the network': { ...route(() => 'experts?network=chiusa'), member: ['name'] },
  'search of experts': { ...search('experts', SECRETS.tag), member: ['name'] },
  'search of experts, misspelt': { ...search('search/people', 'bettulla'), member: ['name'] },
  'a colleague': { ...route(({ knows }) => `experts/${knows}`), member: ['name', 'tag'] },
  'competences': { ...route(() => 'competences?q=betu'), member: ['tag'] },
  'library': { ...route(() => 'networks/chiusa/documents'), member: ['document', 'about', 'attached'] },
  'document': { ...route(({ document }) => `documents/${document}`), member: ['document', 'about', 'file', 'name'] },
  'attached document': { ...route(({ attached }) => `documents/${attached}`), member: ['attached', 'title'] },
  'content of a document': { ...file(({ document }) => `documents/${document}/content`), member: ['text', 'file'] },
  'content to look at': { ...file(({ document }) => `documents/${document}/content?inline=1`), member: ['text'] },
  'content of a version': { ...file(({ document }) => `documents/${document}/versions/1/content`), member: ['text'] },
  'content of what is attached': { ...file(({ attached }) => `documents/${attached}/content`), member: ['open'] },
  'picture': { ...file(({ picture }) => picture.replace('/api/v1/', '')), member: ['picture'] },
  'practices': { ...route(() => 'practices'), member: ['practice', 'name', 'solution', 'theme'], control: PUBLIC.practice },
  'practices of the network': { ...route(() => 'practices?network=chiusa'), member: ['practice'] },
  'search of practices': { ...search('practices', SECRETS.solution), member: ['practice'] },
  'map of practices': { ...route(() => 'practices/overview'), member: ['name', 'theme'], control: PUBLIC.name },
  'practices to review': { ...route(() => 'practices?view=review'), moderator: ['review'] },
  'practices of mine': route(() => 'practices?view=mine'),
  'practice': { ...route(({ published }) => `practices/${published}`), member: ['practice', 'solution', 'name'] },
  'version of a practice': { ...route(({ published }) => `practices/${published}?version=1`), member: ['practice'] },
  'practice in review': { ...route(({ inReview }) => `practices/${inReview}?version=work`), moderator: ['review'] },
  'webinars': { ...route(() => 'webinars?limit=100'), member: ['webinar', 'name'], control: PUBLIC.webinar },
  'webinars that were': { ...route(() => 'webinars?when=past&limit=100'), member: ['webinar'] },
  'webinars of the network': { ...route(() => 'webinars?network=chiusa'), member: ['webinar'] },
  'webinars of mine': { ...route(() => 'webinars?mine=1'), member: ['webinar'], moderator: [] },
  'webinar': { ...route(({ webinar }) => `webinars/${webinar}`), member: ['webinar', 'topic', 'host', 'name'] },
  'entry for the calendar': { ...route(({ webinar }) => `webinars/${webinar}/calendar`), member: ['webinar', 'topic'] },
  'calendar by its secret address': {
    async read(person) {
      const made = await person.client.put<{ url?: string }>('calendar-feed');
      return made.body.url ? text(person, new URL(made.body.url).pathname) : '';
    },
    member: ['webinar'], moderator: [],
  },
  'messages of a room': { ...route(({ webinar }) => `webinars/${webinar}/messages`), member: ['said'], moderator: ['said', 'staff'] },
  'last messages of a room': { ...route(({ webinar }) => `webinars/${webinar}/messages?latest=1`), member: ['said'], moderator: ['said', 'staff'] },
  'questions of a room': { ...route(({ webinar }) => `webinars/${webinar}/questions`), member: ['asked'] },
  'polls of a room': { ...route(({ webinar }) => `webinars/${webinar}/polls`), member: ['poll', 'choice'] },
  'slides of a room': { ...route(({ over }) => `webinars/${over}/slides`), member: [], moderator: ['deck'] },
  'pages of slides': { ...route(({ over, slides }) => `webinars/${over}/slides/${slides}/pages`), member: ['slide'] },
  'picture of a page': { ...route(({ over, slides }) => `webinars/${over}/slides/${slides}/pages/1/large`), member: ['drawn'] },
  'slides as a file': { ...route(({ over, slides }) => `webinars/${over}/slides/${slides}/content`), member: ['drawn'] },
  'channels': { ...route(() => 'channels'), member: ['chatted', 'name'] },
  'channel': { ...route(({ network }) => `channels/rete-${network.key}`), member: ['chatted', 'name'] },
  'messages of a channel': { ...route(({ network }) => `channels/rete-${network.key}/messages`), member: ['chatted'] },
  'search in a channel': { ...route(({ network }) => `channels/rete-${network.key}/search?q=riservata`), member: ['chatted'] },
  'people of a channel': { ...route(({ network }) => `channels/rete-${network.key}/people?q=a`), member: [] },
  'page: channel': { ...route(({ network }) => `/chat/rete-${network.key}`), member: ['chatted', 'name'] },
  'page: search in a channel': { ...route(({ network }) => `/chat/rete-${network.key}/cerca?q=riservata`), member: ['chatted', 'name'] },
  'announcements of a room': { ...route(({ webinar }) => `webinars/${webinar}/announcements`), member: ['told'] },
  'what is said in a room': { ...route(({ webinar }) => `webinars/${webinar}/captions`), member: ['spoken'] },
  'recording': { ...route(({ over }) => `webinars/${over}/recording`), member: ['webinar', 'host', 'mark', 'slide'] },
  'what was written during a recording': { ...route(({ over }) => `webinars/${over}/recording/talk`), member: ['recorded', 'wondered', 'caption'] },
  'captions of a recording': { ...route(({ over }) => `webinars/${over}/recording/captions/it`), member: ['caption'] },
  'file of a recording': { ...route(({ over, recordingFile }) => `webinars/${over}/recording/files/${recordingFile}`), member: ['film'] },
  'recording of what staff alone sees': { ...route(({ webinar }) => `webinars/${webinar}/recording`), moderator: ['kept'] },
  'who is registered': { ...route(({ webinar }) => `webinars/${webinar}/seats`), moderator: ['answer'] },
  'register': { ...route(({ over }) => `webinars/${over}/register`), moderator: ['host', 'webinar'] },
  'register as CSV': { ...route(({ over }) => `webinars/${over}/register/csv`), moderator: ['host'] },
  'register as PDF': { ...file(({ over }) => `webinars/${over}/register/pdf`), moderator: ['host'] },
  'places for webinars': { ...route(() => 'webinar-places'), moderator: ['name'] },
  'page: webinars': { ...route(() => '/webinar'), member: ['webinar'], control: PUBLIC.webinar },
  'page: webinar': { ...route(({ webinar }) => `/webinar/${webinar}`), member: ['webinar', 'topic', 'host'] },
  'page: who is registered': { ...route(({ webinar }) => `/webinar/${webinar}/iscritti`), moderator: ['answer'] },
  'page: register': { ...route(({ over }) => `/webinar/${over}/registro`), moderator: ['host'] },
  'draft of the thread': route(({ thread }) => `threads/${thread}/draft`),
  'draft of the network': route(() => 'networks/chiusa/draft'),
  'drafts': route(() => 'drafts'),
  'page: drafts': route(() => '/profilo/bozze'),
  'cases': { ...route(() => 'moderation/cases'), moderator: ['flag', 'reply', 'held', 'title'] },
  'cases of the network': { ...route(() => 'moderation/cases?network=chiusa'), moderator: ['flag', 'held'] },
  'measures against me': route(() => 'moderation/measures'),
  'measures of mine to undo': { ...route(() => 'moderation/measures?scope=moderated'), moderator: ['hidden', 'reason'] },
  'notices': { ...route(() => 'notices?limit=50'), member: ['title', 'name'], moderator: ['practice'] },
  'mails': { ...table('mails'), member: ['title', 'mention', 'webinar'] },
  'digest': { ...table('mails', 'digest:%'), member: ['title', 'name'], moderator: [] },
  'audit': { ...route(() => 'audit-entries?limit=100'), administrator: ['name', 'title', 'reason', 'practice'] },
  'people': { ...route(() => 'people?limit=100'), administrator: ['member', 'name'] },
  'people who moderate': { ...route(() => 'people?role=moderator&limit=100'), administrator: ['name'] },
  'who moderates it': { ...route(() => `people/${people.moderator.id}`), administrator: ['name'] },
  'me': { ...route(() => 'me') },
  'sockets': { read: ({ heard }) => Promise.resolve(heard.join('\n')), member: ['hint', 'said'], moderator: ['hint', 'said', 'staff'], control: 'thread:changed' },
  'page: beginning': { ...route(() => '/') },
  'page: networks': { ...route(() => '/reti'), member: ['name', 'summary'], control: PUBLIC.name },
  'page: network': { ...route(() => '/reti/chiusa'), member: ['name', 'summary', 'title'] },
  'page: members': { ...route(() => '/reti/chiusa/membri'), member: ['member'] },
  'page: thread': { ...route(({ thread }) => `/reti/chiusa/discussioni/${thread}`), member: ['title', 'question', 'reply'] },
  'page: thread under another network': { ...route(({ thread }) => `/reti/aperta/discussioni/${thread}`) },
  'page: library': { ...route(() => '/reti/chiusa/documenti'), member: ['document'] },
  'page: document': { ...route(({ document }) => `/reti/chiusa/documenti/${document}`), member: ['document', 'about', 'file'] },
  'page: search': { ...search('/cerca', SECRETS.reply), member: ['title'] },
  'page: search, misspelt': { ...search('/cerca', 'corbezolo'), member: ['reply'] },
  'page: experts': { ...route(() => '/esperti?q=giardinaggio'), member: ['name', 'tag'] },
  'page: colleague': { ...route(({ knows }) => `/persone/${knows}`), member: ['name', 'tag'] },
  'page: practices': { ...route(() => '/buone-pratiche'), member: ['practice'], control: PUBLIC.practice },
  'page: practice': { ...route(({ published }) => `/buone-pratiche/${published}`), member: ['practice', 'solution'] },
  'page: moderation': { ...route(() => '/reti/chiusa/moderazione'), moderator: ['flag', 'held'] },
};

beforeAll(async () => {
  app = await startTestApp({ pages: true });
  await buildWorld();
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await app.close();
});

/** What not even who is in the network may read: it is its author’s alone. */
const NOBODYS: readonly Secret[] = ['draft'];

const words = (secrets: readonly Secret[] = []) => secrets.map((secret) => SECRETS[secret]);

describe('of a closed network', () => {
  it.each(Object.entries(CHANNELS))('nothing leaks by: %s', async (_, { read, member, moderator, administrator, control }) => {
    const told = new Map<Role, string>();
    for (const role of [...OUTSIDERS, ...INSIDERS]) told.set(role, (await read(people[role])).toLowerCase());
    const says = (role: Role, word: string) => told.get(role)?.includes(word.toLowerCase()) ?? false;
    const leaks = OUTSIDERS.flatMap((role) => Object.values(SECRETS).filter((word) => says(role, word) && !(word === SECRETS.name && KNOWS_THE_NAME.includes(role))).map((word) => `${role}: ${word}`));
    expect(leaks).toEqual([]);
    expect(INSIDERS.flatMap((role) => words(NOBODYS).filter((word) => says(role, word)).map((word) => `${role}: ${word}`))).toEqual([]);
    const due: [Role, string[]][] = [['member', words(member)], ['moderator', words(moderator ?? member)], ['administrator', words(administrator)]];
    expect(due.flatMap(([role, expected]) => expected.filter((word) => !says(role, word)).map((word) => `${role}: ${word}`))).toEqual([]);
    // To who runs the room alone: a member is none of them
    expect(says('member', SECRETS.staff)).toBe(false);
    if (control) expect([...told.keys()].filter((role) => !says(role, control))).toEqual([]);
  });
});

/** By which ways it could leak; to the two it must come by those marked so. */
const PRIVATE_CHANNELS: Record<string, { read: (person: Person) => Promise<string>; theirs?: boolean }> = {
  'conversations': { ...route(() => 'conversations'), theirs: true },
  'conversation': { ...route(({ conversation }) => `conversations/${conversation}`), theirs: true },
  'messages': { ...route(({ conversation }) => `conversations/${conversation}/messages?from=1`), theirs: true },
  'correspondent': route(({ pair }) => `correspondents/${pair[0].id}`),
  'search': search('search', PRIVATE.said),
  'notices': route(() => 'notices?limit=50'),
  'notices and mails as they are kept': { read: async () => JSON.stringify([await database()('mails'), await database()('notices')]) },
  'mails, for an administrator': route(() => 'mails?limit=100'),
  'audit': route(() => 'audit-entries?limit=100'),
  'cases': route(() => 'moderation/cases?limit=100'),
  'sockets': { read: ({ heard }) => Promise.resolve(heard.join('\n').replaceAll(world.conversation, PRIVATE.said)), theirs: true },
  'page: messages': { ...route(() => '/messaggi'), theirs: true },
  'page: conversation': { ...route(({ conversation }) => `/messaggi/${conversation}`), theirs: true },
  'page: moderation': route(() => '/moderazione'),
  'page: beginning': route(() => '/'),
};

describe('of what two people write to each other', () => {
  it.each(Object.entries(PRIVATE_CHANNELS))('nothing leaks to any role by: %s', async (_, { read, theirs }) => {
    const everybody = Object.fromEntries(await Promise.all([...OUTSIDERS, ...INSIDERS].map(async (role) => [role, (await read(people[role])).toLowerCase()]))) as Record<Role, string>;
    expect(Object.entries(everybody).flatMap(([role, told]) => Object.values(PRIVATE).filter((word) => told.includes(word)).map((word) => `${role}: ${word}`))).toEqual([]);
    if (theirs) for (const person of world.pair) expect((await read(person)).toLowerCase()).toMatch(new RegExp(Object.values(PRIVATE).join('|')));
  });

  it('nor does the copy of her data that one of them asked for', async () => {
    const statusOf = async ({ client }: Person) => (await client.raw('GET', `/api/v1/data-exports/${world.copy}/content`)).status;
    expect(await statusOf(world.pair[0])).toBe(200);
    for (const role of [...OUTSIDERS, ...INSIDERS]) expect([role, await statusOf(people[role])]).toEqual([role, role === 'anonymous' || role === 'suspended member' ? 401 : 404]);
    expect(await statusOf(world.pair[1])).toBe(404);
  });
});

describe('who is removed', () => {
  it('stops receiving at once: nothing on her sockets, no notice, no mail, no document', async () => {
    const { network, thread, document, openThread } = world;
    const [removed, stays] = [await aMember(network), await aMember(network)];
    const clients = [await app.as(removed), await app.as(stays)] as const;
    await database()('notification_levels').insert([removed, stays].map(({ id }) => ({ person_id: id, network_id: network.id, level: 'watching', changed_at: new Date() })));
    const [hers, theirs] = [await connect(clients[0]), await connect(clients[1])];
    const heard: unknown[] = [];
    for (const topic of [`thread:${thread}`, `network:${network.id}`]) for (const socket of [hers, theirs]) expect(await subscribe(socket, topic)).toEqual({ ok: true });
    const writer = await app.as(await aMember(network));
    const first = [hers, theirs].map((socket) => until(socket, 'thread:changed', ({ number }) => number === thread));
    await aReply(writer, thread, '<p>Questo lo sentono tutte.</p>');
    await Promise.all(first);
    await app.settled();
    const mails = async (id: string) => Number((await database()('mails').where('person_id', id).count({ all: '*' }).first())?.['all']);
    const notices = async (client: TestClient) => (await client.get<{ items: unknown[] }>('notices?limit=50')).body.items.length;
    expect([await notices(clients[0]), await mails(removed.id), (await clients[0].get(`documents/${document}/content`)).status]).toEqual([1, 1, 200]);

    const cut = new Promise((resolve) => hers.on('disconnect', resolve));
    await done(people.moderator.client.put(`memberships/${removed.membershipId}/removal`, { reason: 'Non fa più parte dell’ufficio' }));
    await cut;
    hers.connect();
    await new Promise<void>((resolve) => (hers.connected ? resolve() : hers.once('connect', resolve)));
    await app.settled();
    // What is told of the removal itself is hers to know
    const before = [await notices(clients[0]), await mails(removed.id)];
    hers.onAny((event: string, hint: unknown) => heard.push([event, hint]));
    for (const topic of [`thread:${thread}`, `network:${network.id}`]) expect(await subscribe(hers, topic)).toEqual({ ok: false, code: 'not-found' });
    const second = until(theirs, 'thread:changed', ({ number }) => number === thread);
    await aReply(writer, thread, `<p>Questo non lo sente <span data-person="${removed.id}">@lei</span>.</p>`);
    await second;
    await aDocument(writer, network, { title: 'Arriva dopo di lei' });
    await app.settled();
    // Her own room still hears, and this comes last
    expect(await subscribe(hers, `thread:${openThread}`)).toEqual({ ok: true });
    const last = until(hers, 'thread:changed', ({ number }) => number === openThread);
    await aReply(people['foreign member'].client, openThread);
    await last;
    expect(heard).toEqual([['thread:changed', expect.objectContaining({ number: openThread })]]);
    expect([await notices(clients[0]), await mails(removed.id)]).toEqual(before);
    expect([await notices(clients[1]), await mails(stays.id)]).toEqual([2, 2]);
    await writeDigest(removed.id, MONDAY);
    expect(await mails(removed.id)).toBe(before[1]);
    for (const path of [`documents/${document}/content`, `documents/${document}`, `threads/${thread}`, `networks/${network.key}`]) expect([path, (await clients[0].get(path)).status]).toEqual([path, 404]);
  });
});
