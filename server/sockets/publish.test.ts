import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { aPerson } from '../accounts/factory.ts';
import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { cutOff, publish, roomOf } from './publish.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

const sockets: Socket[] = [];
afterAll(() => sockets.forEach((socket) => socket.disconnect()));

async function connected(browser: TestClient): Promise<Socket> {
  const socket = io(`${app.url}/app`, { extraHeaders: { cookie: browser.cookieHeader }, transports: ['websocket'], reconnection: false });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

describe('a hint over the sockets', () => {
  it('reaches the person when the transaction commits, nobody else, and never when it rolls back', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const [mine, theirs] = [await connected(await app.as(person)), await connected(await app.as(other))];
    const heard: number[] = [];
    const stray: number[] = [];
    mine.on('notices:changed', ({ unread }: { unread: number }) => heard.push(unread));
    theirs.on('notices:changed', ({ unread }: { unread: number }) => stray.push(unread));
    const room = roomOf.person(person.id);
    await expect(transaction(async (tx) => {
      publish(tx, room, 'notices:changed', { unread: 1 });
      throw new Error('rolled back');
    })).rejects.toThrow('rolled back');
    const last = new Promise<void>((resolve) => mine.on('notices:changed', () => resolve()));
    await transaction(async (tx) => publish(tx, room, 'notices:changed', { unread: 2 }));
    await last;
    expect(heard).toEqual([2]);
    // The other one does hear what is for her: her silence was no deafness
    const own = new Promise<void>((resolve) => theirs.on('notices:changed', () => resolve()));
    await transaction(async (tx) => publish(tx, roomOf.person(other.id), 'notices:changed', { unread: 3 }));
    await own;
    expect(stray).toEqual([3]);
  });

  it('arrives whole where it is larger than the database can tell, and what it stands with is written', async () => {
    const person = await aPerson();
    const socket = await connected(await app.as(person));
    const message = { sequence: 1, at: '2026-11-27T08:00:00.000Z', author: { id: person.id, name: 'Ada Rizzo', body: null }, clientId: person.id, text: '\u{9577}'.repeat(4000), named: [] };
    const heard: unknown[] = [];
    socket.on('channel:said', (told) => heard.push(told));
    const last = new Promise<void>((resolve) => socket.on('notices:changed', () => resolve()));
    await transaction(async (tx) => {
      publish(tx, roomOf.person(person.id), 'channel:said', { place: 'rete-sua', message });
      await tx('people').where('id', person.id).update({ job_title: 'Scrive molto' });
    });
    await transaction(async (tx) => publish(tx, roomOf.person(person.id), 'notices:changed', { unread: 1 }));
    await last;
    for (const deadline = Date.now() + 5000; heard.length === 0 && Date.now() < deadline; ) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual([{ place: 'rete-sua', message }]);
    expect(await database()('people').where('id', person.id).first('job_title')).toEqual({ job_title: 'Scrive molto' });
  });

  it('stops with the session: its connections are cut', async () => {
    const person = await aPerson();
    const socket = await connected(await app.as(person));
    const gone = new Promise<string>((resolve) => socket.on('disconnect', resolve));
    await transaction(async (tx) => cutOff(tx, roomOf.person(person.id)));
    expect(await gone).toMatch(/io server disconnect|transport close/);
  });
});
