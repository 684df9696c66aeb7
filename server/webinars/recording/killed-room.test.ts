import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Replay } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { accepted, MediaClient } from '../media/factory.ts';
import { aRecordedWebinar, Publisher, readFile } from './factory.ts';

/** What may be lost at most. */
const LOST_MS = 1000;

describe('a process that records and is killed', () => {
  let app: TestApp;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await app.close();
  });

  async function aProcess(): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/testing/web-process.ts'], { env: { ...process.env, NODE_ENV: 'test', PROCESS: 'web', DATABASE_URL: app.databaseUrl, LOG_LEVEL: 'fatal', NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (chunk) => {
        const found = /LISTENING (\d+)/.exec(String(chunk));
        if (found?.[1]) resolve(found[1]);
      });
      child.once('exit', (code) => reject(new Error(`exit ${code}`)));
    });
    return { child, url: `http://127.0.0.1:${port}` };
  }

  it('leaves all but the last second; another takes the recording over, and the time between is kept', async () => {
    const { webinar, presenter } = await aRecordedWebinar();
    const [first, second] = await Promise.all([aProcess(), aProcess()]);
    const enter = async (url: string) => {
      const client = await MediaClient.connect({ ...app, url }, presenter);
      accepted(await client.join(webinar.number));
      return client;
    };
    const send = async (publisher: Publisher, ms: number) => {
      const from = Date.now();
      for (let at = from; at < from + ms; at += 40) {
        publisher.picture(at, { key: at === from });
        publisher.sound(at);
        await pause(Math.max(0, at + 40 - Date.now()));
      }
    };

    const desk = await enter(first.url);
    const publisher = await Publisher.begin(desk);
    accepted(await desk.socket.emitWithAck('live:record', { on: true }));
    await pause(100);
    await send(publisher, 2000);
    const killedAt = Date.now();
    first.child.kill('SIGKILL');
    await desk.closed;
    // Without being told, because the database says so
    const again = await enter(second.url);
    const anew = await Publisher.begin(again);
    await again.until(() => again.heard.some(({ event, told }) => event === 'live:recording' && (told as { since: number | null }).since !== null));
    await pause(100);
    await send(anew, 600);
    await pause(400);
    accepted(await again.socket.emitWithAck('live:record', { on: false }));
    again.socket.disconnect();
    // The log of who was killed has no end: it is quiet for a while first
    const client = await app.as(presenter);
    const { muxRecording } = await import('./mux-recording.ts');
    const ready = async (): Promise<Replay> => {
      await muxRecording(webinar.id);
      const { body } = await client.get<Replay>(`webinars/${webinar.number}/recording`);
      return body.state === 'ready' ? body : (await pause(300), ready());
    };
    const replay = await ready();
    const origin = ((await database()('recordings').where('webinar_id', webinar.id).first('starts_at')) as { starts_at: Date }).starts_at.getTime();
    const { video, audio } = await readFile(client, webinar.number, replay.files[0] ?? { id: '' });
    for (const packets of [video, audio]) {
      const before = packets.filter(({ sent }) => sent > 0 && sent <= killedAt);
      expect(killedAt - Math.max(...before.map(({ sent }) => sent))).toBeLessThan(LOST_MS);
      // No hole before that either
      const moments = before.map(({ sent }) => sent).sort((a, b) => a - b);
      moments.slice(2).forEach((moment, index) => expect(moment - (moments[index + 1] ?? 0)).toBeLessThanOrEqual(45));
      const after = packets.filter(({ sent }) => sent > killedAt);
      expect(after.length).toBeGreaterThan(10);
      for (const { at, sent } of packets.slice(1).filter((packet) => packet.sent > 0)) expect(Math.abs(at * 1000 - (sent - origin))).toBeLessThanOrEqual(22);
    }
  });
});
