import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import { aMember, aNetwork, type BuiltNetwork } from '../../community/factory.ts';
import type { Replay, ReplayTalk, RecordingVisibility } from '../../contract/recording.ts';
import { aCourse, anEdition } from '../../courses/factory.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { logDisk, logPath } from '../../gateways/log-disk.ts';
import { anEnrolment } from '../../learning/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aSeat, aStaff, aWebinar } from '../factory.ts';
import type { Webinar } from '../webinar.ts';
import { deleteRecordings } from './delete-recording.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterEach(() => clock.reset());
afterAll(() => app.close());

interface Recorded {
  webinar: Webinar;
  network: BuiltNetwork;
  path: string;
  people: Record<'presenter' | 'moderator' | 'learner' | 'removed' | 'member' | 'stranger', BuiltPerson>;
  as(who: keyof Recorded['people']): Promise<TestClient>;
  digest: string;
  file: string;
}

/** A webinar of a public network that was recorded, an hour ago, for a minute. */
async function aRecording(visibility: RecordingVisibility = 'room'): Promise<Recorded> {
  const network = await aNetwork({ joining: 'open', reading: 'public' });
  const [presenter, moderator, learner, removed, stranger] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson(), await aPerson({ given_name: 'Lia', family_name: 'Allieva' }), await aPerson(), await aPerson()];
  const member = await aPerson();
  await aMember(network, { person: member });
  await aMember(network, { person: presenter });
  const webinar = await aWebinar({ network, organiser: presenter, starts: -60, minutes: 30, recorded: true, closed_at: new Date(Date.now() - 20 * 60_000) });
  await aStaff(webinar, moderator, 'moderator');
  for (const one of [learner, removed]) await aSeat(webinar, one);
  await database()('webinar_removals').insert({ webinar_id: webinar.id, person_id: removed.id, at: new Date(), by: presenter.id });
  await database()('recordings').insert({ webinar_id: webinar.id, starts_at: webinar.starts_at, state: 'ready', duration_ms: 60_000, visibility, keep_until: '2030-01-01', source: 'x', ready_at: new Date() });
  const digest = await files.put(new TextEncoder().encode(`un film, ${webinar.id}`));
  const [file] = (await database()('recording_files').insert({ webinar_id: webinar.id, kind: 'camera', person_id: presenter.id, position: 0, media_type: 'video/webm', digest, bytes: 45, duration_ms: 60_000, seen: '[[0, 60000]]' }).returning('id')) as { id: string }[];
  const people = { presenter, moderator, learner, removed, member, stranger };
  return { webinar, network, path: `webinars/${webinar.number}/recording`, people, as: (who) => app.as(people[who]), digest, file: file?.id ?? '' };
}

const codes = (body: unknown): string[] => ((body as { errors?: { code: string }[] }).errors ?? []).map(({ code }) => code);

describe('a replay', () => {
  it('is seen by those whom whoever runs the webinar lets, in every one of its parts', async () => {
    const all = ['presenter', 'moderator', 'learner', 'member', 'removed', 'stranger', 'anonymous'] as const;
    const may: Record<RecordingVisibility, (typeof all)[number][]> = {
      staff: ['presenter', 'moderator'], room: ['presenter', 'moderator', 'learner'], network: ['presenter', 'moderator', 'learner', 'member'], public: [...all],
    };
    const recording = await aRecording();
    await database()('recording_captions').insert({ webinar_id: recording.webinar.id, language: 'it', text: 'WEBVTT\n', cues: 0, sent_by: recording.people.presenter.id, at: new Date() });
    const clients = await Promise.all(all.map((who) => (who === 'anonymous' ? app.anonymous() : recording.as(who))));
    for (const [visibility, seers] of Object.entries(may)) {
      await database()('recordings').where('webinar_id', recording.webinar.id).update({ visibility });
      for (const [index, who] of all.entries()) {
        for (const part of ['', '/talk', `/files/${recording.file}`, '/captions/it']) {
          const status = (await clients[index]?.raw('GET', `${recording.path}${part}`))?.status;
          expect({ visibility, who, part, status }).toEqual({ visibility, who, part, status: seers.includes(who as never) ? 200 : who === 'anonymous' ? 401 : 403 });
        }
      }
      const sheets = await Promise.all(all.map(async (who, index) => [who, (await clients[index]?.get<{ recording: string | null }>(`webinars/${recording.webinar.number}`))?.body.recording] as const));
      expect(sheets.filter(([, told]) => told === 'ready').map(([who]) => who).sort()).toEqual([...seers].sort());
    }
  });

  it('has what was written in the room at its moment; nothing hidden, for staff or dismissed; no names and no chat for who could not have been there', async () => {
    const { webinar, people, as, path } = await aRecording('public');
    const at = (seconds: number) => new Date(webinar.starts_at.getTime() + seconds * 1000);
    const row = (more: object) => ({ webinar_id: webinar.id, author_id: people.learner.id, client_id: randomUUID(), ...more });
    await database()('room_messages').insert([
      row({ sequence: 1, role: 'attendee', text: 'Buongiorno', at: at(-30) }), row({ sequence: 2, role: 'attendee', text: 'Da nascondere', at: at(5), hidden_at: at(6), hidden_by: people.presenter.id }),
      row({ sequence: 3, role: 'attendee', text: 'Per chi conduce', at: at(7), to_staff: true }), row({ sequence: 4, role: 'attendee', text: 'Si sente bene', at: at(12.5) }),
    ].map((one) => ({ to_staff: false, hidden_at: null, hidden_by: null, ...one })));
    await database()('room_questions').insert([
      row({ text: 'Chi firma?', at: at(20), state: 'answered', settled_at: at(30), settled_by: people.presenter.id }), row({ text: 'Una sciocchezza', at: at(21), state: 'dismissed', settled_at: at(22), settled_by: people.presenter.id }),
    ]);
    const [poll] = (await database()('room_polls').insert({ ...row({ question: 'Avanti?', options: ['Sì', 'No'], multiple: false, at: at(40) }) }).returning('id')) as { id: string }[];
    await database()('room_poll_votes').insert({ poll_id: poll?.id, person_id: people.learner.id, choice: 0 });
    const inside = (await (await as('learner')).get<ReplayTalk>(`${path}/talk`)).body;
    expect(inside.messages).toEqual([{ id: '1', seconds: 0, author: 'Lia Allieva', text: 'Buongiorno' }, { id: '4', seconds: 12.5, author: 'Lia Allieva', text: 'Si sente bene' }]);
    expect(inside.questions).toMatchObject([{ seconds: 20, author: 'Lia Allieva', text: 'Chi firma?', answered: true, answeredAt: 30 }]);
    expect(inside.polls).toMatchObject([{ seconds: 40, voters: 1, options: [{ votes: 1 }, { votes: 0 }] }]);
    const outside = (await app.anonymous().get<ReplayTalk>(`${path}/talk`)).body;
    expect(outside.messages).toEqual([]);
    expect(outside.questions).toMatchObject([{ author: null, text: 'Chi firma?' }]);
    expect(outside.polls).toMatchObject([{ voters: null, options: [{ votes: null }, { votes: null }] }]);
  });

  it('goes on where one stopped, for each person', async () => {
    const { as, path } = await aRecording();
    const learner = await as('learner');
    expect((await learner.put(`${path}/position`, { seconds: 41 })).status).toBe(200);
    expect((await learner.put(`${path}/position`, { seconds: 42 })).status).toBe(200);
    expect((await learner.get<Replay>(path)).body.position).toBe(42);
    expect((await (await as('presenter')).get<Replay>(path)).body.position).toBeNull();
    expect((await learner.put(`${path}/position`, { seconds: -1 })).status).toBe(422);
    expect((await (await as('stranger')).put(`${path}/position`, { seconds: 1 })).status).toBe(403);
  });

  it('has chapters that whoever runs it sets, once however often they are sent', async () => {
    const { as, path, webinar } = await aRecording();
    const [lead, learner] = [await as('presenter'), await as('learner')];
    const mark = { clientId: randomUUID(), title: 'Le soglie', seconds: 30.5 };
    for (let sent = 0; sent < 2; sent += 1) expect((await lead.post(`${path}/marks`, mark)).status).toBe(201);
    await lead.post(`${path}/marks`, { clientId: randomUUID(), title: 'Dopo la fine', seconds: 61 });
    const { chapters } = (await learner.get<Replay>(path)).body;
    expect(chapters).toMatchObject([{ seconds: 30.5, title: 'Le soglie', kind: 'mark', removable: false }]);
    expect((await learner.post(`${path}/marks`, { ...mark, clientId: randomUUID() })).status).toBe(403);
    expect((await lead.post(`${path}/marks`, { clientId: randomUUID(), title: 'Adesso' })).body).toMatchObject({ code: 'webinar-over' });
    expect((await learner.delete(`${path}/marks/${chapters[0]?.id}`)).status).toBe(403);
    expect((await lead.delete(`${path}/marks/${chapters[0]?.id}`)).status).toBe(200);
    expect((await lead.delete(`${path}/marks/${chapters[0]?.id}`)).status).toBe(404);
    await database()('recordings').where('webinar_id', webinar.id).delete();
    expect((await lead.post(`${path}/marks`, mark)).status).toBe(404);
  });

  it('has captions that are WebVTT, whole, or says what is wrong with them', async () => {
    const { as, path } = await aRecording();
    const [lead, learner] = [await as('presenter'), await as('learner')];
    const send = async (client: TestClient, body: string | Uint8Array<ArrayBuffer>, type = 'text/vtt') => {
      const response = await client.raw('PUT', `${path}/captions/it`, { body, headers: { 'content-type': type } });
      return { status: response.status, codes: codes(await response.json()) };
    };
    const good = 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v Rosa>Buongiorno a tutti\n\nNOTE una nota\n\n00:04.000 --> 00:05.500\nCominciamo\n';
    expect(await send(lead, good)).toEqual({ status: 200, codes: [] });
    expect((await learner.get<Replay>(path)).body.captions).toEqual([{ language: 'it', cues: 2, live: false }]);
    const served = await learner.raw('GET', `${path}/captions/it`);
    expect([served.headers.get('content-type'), await served.text()]).toEqual(['text/vtt; charset=utf-8', good]);
    for (const [body, code] of [
      ['1\n00:00:01,000 --> 00:00:02,000\nSubRip\n', 'captions-no-webvtt'], ['WEBVTT\n\nnulla\n', 'captions-none'], ['WEBVTT\n\n00:05.000 --> 00:04.000\nAlla rovescia\n', 'captions-none'],
      ['WEBVTT\n\n00:01.000 --> 00:02.000\nBene\n\n00:05.000 --> quando capita\nMale\n', 'captions-times'], [Uint8Array.of(0xff, 0xfe, 0x57), 'captions-no-webvtt'],
    ] as const) expect({ body, ...(await send(lead, body)) }).toEqual({ body, status: 422, codes: [code] });
    expect((await send(lead, good, 'text/plain')).status).toBe(415);
    expect((await send(learner, good)).status).toBe(403);
    expect((await learner.delete(`${path}/captions/it`)).status).toBe(403);
    expect((await lead.delete(`${path}/captions/it`)).status).toBe(200);
    expect((await learner.get(`${path}/captions/it`)).status).toBe(404);
  });

  it('is kept until its day, or deleted before with a reason, and then is nowhere', async () => {
    const recording = await aRecording();
    const { as, path, webinar, digest, file } = recording;
    const [lead, learner] = [await as('presenter'), await as('learner')];
    expect((await lead.patch<Replay>(path, { visibility: 'network', keepUntil: '2028-05-01' })).body).toMatchObject({ visibility: 'network', keepUntil: '2028-05-01' });
    expect(codes((await lead.patch(path, { keepUntil: '2020-01-01' })).body)).toEqual(['keep-until-past']);
    expect(codes((await lead.patch(path, { keepUntil: '2060-01-01' })).body)).toEqual(['keep-until-far']);
    await database()('webinars').where('id', webinar.id).update({ network_id: null });
    expect(codes((await lead.patch(path, { visibility: 'network', keepUntil: '2020-01-01' })).body)).toEqual(['keep-until-past', 'recording-no-network']);
    expect((await learner.patch(path, { visibility: 'public' })).status).toBe(403);
    expect((await learner.put(`${path}/removal`, { reason: 'Non mi piace' })).status).toBe(403);
    const log = await logDisk.begin(logPath(webinar.id, '1-x'));
    await log.close();
    for (let done = 0; done < 2; done += 1) expect((await lead.put(`${path}/removal`, { reason: 'Lo ha chiesto una persona' })).body).toMatchObject({ state: 'deleted', files: [] });
    await app.settled();
    expect((await learner.raw('GET', `${path}/files/${file}`)).status).toBe(410);
    await expect(new Promise((resolve, reject) => files.read(digest).on('error', reject).on('data', resolve))).rejects.toThrow('ENOENT');
    await expect(readdir(`${logDisk.folder}/${webinar.id}`)).rejects.toThrow('ENOENT');
    expect(await database()('audit_entries').where({ act: 'webinar.recording.delete', subject_id: webinar.id }).pluck('actor_id')).toEqual([recording.people.presenter.id]);

    const late = await aRecording();
    await database()('recordings').where('webinar_id', late.webinar.id).update({ keep_until: '2027-01-10' });
    const over = async () => {
      await deleteRecordings();
      await app.settled();
      return (await (await late.as('learner')).get<Replay>(late.path)).body.state;
    };
    expect(await over()).toBe('ready');
    clock.advance(new Date('2027-01-11T12:00:00Z').getTime() - Date.now());
    expect(await over()).toBe('deleted');
    expect(await database()('recording_files').where('webinar_id', late.webinar.id)).toEqual([]);
  });

  it('is part of the lesson that its webinar stands for, for who is enrolled and sees it', async () => {
    const { webinar, as, people } = await aRecording();
    const edition = await anEdition({ course: await aCourse({ lessons: 1 }) });
    const enrolment = await anEnrolment({ person: people.learner, edition });
    await database()('webinars').where('id', webinar.id).update({ network_id: null, edition_id: edition.id, lesson_key: 'lezione-1' });
    const listed = async (client: TestClient, lesson = 'lezione-1') => (await client.get<{ items: { number: number; duration: number }[] }>(`lesson-recordings?enrolment=${enrolment.id}&lesson=${lesson}`)).body.items;
    const [learner, stranger] = [await as('learner'), await as('stranger')];
    expect(await listed(learner)).toMatchObject([{ number: webinar.number, duration: 60 }]);
    expect(await listed(learner, 'lezione-2')).toEqual([]);
    expect(await listed(stranger)).toEqual([]);
    await database()('recordings').where('webinar_id', webinar.id).update({ visibility: 'staff' });
    expect(await listed(learner)).toEqual([]);
  });

  it('has questions that nobody answered, which go on as threads of the network, once', async () => {
    const { webinar, network, as, people } = await aRecording();
    const [question, answered] = (await database()('room_questions').insert([
      { text: 'Chi paga <b>la commissione</b>?', state: 'open' }, { text: 'Chi firma?', state: 'answered', settled_at: new Date(), settled_by: people.presenter.id },
    ].map((row) => ({ settled_at: null, settled_by: null, ...row, webinar_id: webinar.id, author_id: people.learner.id, client_id: randomUUID(), at: webinar.starts_at }))).returning('id')) as { id: string }[];
    const path = (id: string | undefined) => `webinars/${webinar.number}/questions/${id}/thread`;
    const lead = await as('presenter');
    const [first, again] = await Promise.all([lead.post<{ number: number }>(path(question?.id)), lead.post<{ number: number }>(path(question?.id))]);
    expect([first.status, again.status, first.body.number]).toEqual([201, 201, again.body.number]);
    const threads = (await database()('threads').where('network_id', network.id).select('number', 'title')) as object[];
    expect(threads).toEqual([{ number: first.body.number, title: 'Chi paga <b>la commissione</b>?' }]);
    const talk = (await lead.get<ReplayTalk>(`webinars/${webinar.number}/recording/talk`)).body;
    expect(talk.questions.map(({ thread }) => thread)).toContain(first.body.number);
    expect(JSON.stringify((await app.anonymous().get(`threads/${first.body.number}`)).body)).not.toContain('Allieva');
    expect((await lead.post(path(answered?.id))).body).toMatchObject({ code: 'question-settled' });
    expect((await (await as('learner')).post(path(question?.id))).status).toBe(403);
    expect((await lead.post(path(randomUUID()))).status).toBe(404);
  });
});
