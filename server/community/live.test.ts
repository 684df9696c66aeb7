import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from './factory.ts';

let app: TestApp;
let network: BuiltNetwork;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
});
afterAll(() => app.close());

const member = async (where: { id: string } = network) => {
  const person = await aMember(where);
  return { person, client: await app.as(person) };
};

describe('live', () => {
  it('tells who may read that there is more, by sequence, and is silent for others; who is removed hears nothing more', async () => {
    const closed = await aNetwork({ reading: 'members' });
    const [writer, listener] = [await member(closed), await member(closed)];
    const { number } = await aThread(writer.client, closed);
    const connect = async (client: TestClient | null) => {
      const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, ...(client ? { extraHeaders: { cookie: client.cookieHeader } } : {}) });
      await new Promise<void>((resolve) => socket.on('connect', resolve));
      return socket;
    };
    const subscribe = (socket: Awaited<ReturnType<typeof connect>>, topic: string) => new Promise((resolve) => socket.emit('subscribe', topic, resolve));
    const [inside, outside, anonymous] = [await connect(listener.client), await connect((await member()).client), await connect(null)];
    try {
      const heard: unknown[] = [];
      for (const socket of [inside, outside, anonymous]) socket.on('thread:changed', (hint: unknown) => heard.push([socket === inside, hint]));
      expect(await subscribe(inside, `thread:${number}`)).toEqual({ ok: true });
      for (const socket of [outside, anonymous]) for (const topic of [`thread:${number}`, `network:${closed.id}`, 'thread:x', 'thread:0']) expect(await subscribe(socket, topic)).toEqual({ ok: false, code: 'not-found' });
      await aReply(writer.client, number);
      const until = async (test: () => boolean) => {
        const deadline = Date.now() + 5000;
        while (!test() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
        return test();
      };
      expect(await until(() => heard.length > 0)).toBe(true);
      expect(heard).toEqual([[true, { number, lastSequence: 2 }]]);
      const cut = new Promise((resolve) => inside.on('disconnect', resolve));
      await (await app.as(await aModerator(closed))).put(`memberships/${listener.person.membershipId}/removal`, { reason: 'Non fa più parte dell’ufficio' });
      await cut;
      inside.connect();
      await new Promise<void>((resolve) => (inside.connected ? resolve() : inside.once('connect', resolve)));
      expect(await subscribe(inside, `thread:${number}`)).toEqual({ ok: false, code: 'not-found' });
      await aReply(writer.client, number);
      // A public network becomes its members' own: who listened to its threads hears nothing more
      const opened = await aNetwork();
      const asker = await member(opened);
      const thread = (await aThread(asker.client, opened)).number;
      expect(await subscribe(anonymous, `thread:${thread}`)).toEqual({ ok: true });
      const cutToo = new Promise((resolve) => anonymous.on('disconnect', resolve));
      await (await app.as(await aModerator(opened))).patch(`networks/${opened.key}`, { reading: 'members' });
      await cutToo;
      anonymous.connect();
      await new Promise<void>((resolve) => (anonymous.connected ? resolve() : anonymous.once('connect', resolve)));
      expect(await subscribe(anonymous, `thread:${thread}`)).toEqual({ ok: false, code: 'not-found' });
      await aReply(asker.client, thread);
      expect(await subscribe(anonymous, 'statistics')).toMatchObject({ ok: true });
      expect(heard).toHaveLength(1);
    } finally {
      for (const socket of [inside, outside, anonymous]) socket.close();
    }
  });
});
