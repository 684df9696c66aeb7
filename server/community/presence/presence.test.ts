import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { loadActor } from '../../accounts/session.ts';
import { TOPICS } from '../../app.ts';
import { database } from '../../database/connection.ts';
import { createSockets } from '../../sockets/server.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aThread, type BuiltNetwork } from '../factory.ts';

let app: TestApp;
let network: BuiltNetwork;
/** Another process of the same house, as far as sockets go. */
let second: { http: Server; pool: pg.Pool; url: string; close: () => Promise<void> };
beforeAll(async () => {
  app = await startTestApp({ workers: false });
  network = await aNetwork();
  const pool = new pg.Pool({ connectionString: app.databaseUrl });
  const http = createServer();
  const sockets = await createSockets(http, pool, loadActor, TOPICS);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  second = {
    http, pool, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      await sockets.close();
      await pool.end();
    },
  };
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

interface Somebody {
  id: string;
  name: string;
  client: TestClient;
  socket: Socket;
  /** Who was last said to be here. */
  present: () => string[];
  typed: [string, boolean][];
}

async function somebody(where: BuiltNetwork | null, url = app.url): Promise<Somebody> {
  const person = where ? await aMember(where) : await aMember(await aNetwork());
  const client = await app.as(person);
  const socket = io(`${url}/app`, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie: client.cookieHeader } });
  open.push(socket);
  let present: string[] = [];
  const typed: [string, boolean][] = [];
  socket.on('presence:changed', ({ people }: { people: { name: string }[] }) => (present = people.map(({ name }) => name).toSorted()));
  socket.on('presence:typing', ({ person: who, going }: { person: { name: string }; going: boolean }) => typed.push([who.name, going]));
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  return { id: person.id, name: `${person.given_name} ${person.family_name}`, client, socket, present: () => present, typed };
}

const subscribe = ({ socket }: Pick<Somebody, 'socket'>, number: number) => new Promise<unknown>((resolve) => socket.emit('subscribe', `presence:${number}`, resolve));
const type = ({ socket }: Somebody, number: number, going = true) => socket.emit('typing', `presence:${number}`, going);
async function until(test: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 8000;
  while (!test() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  return test();
}
const names = (...people: Somebody[]) => JSON.stringify(people.map(({ name }) => name).toSorted());
const sees = (one: Somebody, ...people: Somebody[]) => until(() => JSON.stringify(one.present()) === names(...people));

describe('presence', () => {
  it('says who is here, in every process, and who is writing; until they go', async () => {
    const [anna, bruno, carla] = [await somebody(network), await somebody(network, second.url), await somebody(network)];
    const { number } = await aThread(anna.client, network);
    expect(await subscribe(anna, number)).toEqual({ ok: true });
    expect(await sees(anna, anna)).toBe(true);
    for (const one of [bruno, carla]) expect(await subscribe(one, number)).toEqual({ ok: true });
    for (const one of [anna, bruno, carla]) expect([one.name, await sees(one, anna, bruno, carla)]).toEqual([one.name, true]);
    // At every stroke, as no page of ours does: what comes too soon is dropped
    const started = Date.now();
    const heard = (going: boolean) => [bruno, carla].every(({ typed }) => typed.some(([who, goes]) => who === anna.name && goes === going));
    expect(await until(() => {
      type(anna, number);
      return heard(true);
    })).toBe(true);
    expect(Math.max(bruno.typed.length, carla.typed.length)).toBeLessThanOrEqual(1 + (Date.now() - started) / 2000);
    type(anna, number, false);
    expect(await until(() => heard(false))).toBe(true);
    expect(anna.typed).toEqual([]);
    bruno.socket.close();
    expect(await sees(carla, anna, carla)).toBe(true);
    carla.socket.close();
    expect(await sees(anna, anna)).toBe(true);
  });

  it('is for who takes part: nobody else hears or is heard, however she asks', async () => {
    const closed = await aNetwork({ reading: 'members' });
    const [inside, stranger] = [await somebody(closed), await somebody(null)];
    const { number } = await aThread(inside.client, closed);
    const { number: publicly } = await aThread((await somebody(network)).client, network);
    const anonymous = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true });
    open.push(anonymous);
    await new Promise<void>((resolve) => anonymous.on('connect', resolve));
    expect(await Promise.all([subscribe(stranger, number), subscribe({ socket: anonymous }, number), subscribe(stranger, publicly), subscribe({ socket: anonymous }, publicly)])).toEqual([
      { ok: false, code: 'not-found' }, { ok: false, code: 'not-found' }, { ok: false, code: 'forbidden' }, { ok: false, code: 'forbidden' },
    ]);
    await subscribe(inside, number);
    // Of a thread in which she is not let, or of nothing at all
    for (const said of [[`presence:${number}`, true], [`thread:${number}`, true], [7, {}], [`presence:${number}`]]) stranger.socket.emit('typing', ...said);
    const other = await somebody(closed);
    await subscribe(other, number);
    expect(await until(() => {
      type(other, number);
      return inside.typed.length > 0;
    })).toBe(true);
    expect([new Set(inside.typed.map(([name]) => name)), stranger.present(), stranger.typed]).toEqual([new Set([other.name]), [], []]);
  });

  it('ends with the right to read: of who is removed nothing is seen, and she sees nothing', async () => {
    const closed = await aNetwork({ reading: 'members' });
    const [stays, goes] = [await somebody(closed), await somebody(closed)];
    const { number } = await aThread(stays.client, closed);
    for (const one of [stays, goes]) await subscribe(one, number);
    expect(await sees(stays, stays, goes)).toBe(true);
    const { id } = (await database()('network_members').where({ network_id: closed.id, person_id: goes.id }).first('id')) as { id: string };
    await (await app.as(await aModerator(closed))).put(`memberships/${id}/removal`, { reason: 'Ha cambiato ufficio' });
    expect(await sees(stays, stays)).toBe(true);
    expect(goes.socket.connected).toBe(false);
  });

  it('is switched off by who does not want it: then she neither is seen nor sees', async () => {
    const [shy, other] = [await somebody(network), await somebody(network)];
    const { number } = await aThread(other.client, network);
    for (const one of [shy, other]) await subscribe(one, number);
    expect(await sees(other, shy, other)).toBe(true);
    expect((await shy.client.get('presence-settings')).body).toEqual({ seen: true });
    expect((await shy.client.put('presence-settings', { seen: false })).body).toEqual({ seen: false });
    expect(await sees(other, other)).toBe(true);
    const again = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: shy.client.cookieHeader } });
    open.push(again);
    await new Promise<void>((resolve) => again.on('connect', resolve));
    expect(await subscribe({ socket: again }, number)).toEqual({ ok: false, code: 'forbidden' });
    expect((await shy.client.put('presence-settings', { seen: 'no' })).status).toBe(422);
    await shy.client.put('presence-settings', { seen: true });
    expect((await shy.client.get('presence-settings')).body).toEqual({ seen: true });
  });
});
