import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import { database } from '../database/connection.ts';
import { hashPassword } from '../accounts/password.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';

/** What a client claims is before what the proxies add. */
const CLAIMED = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7', 'content-type': 'application/json' };

describe.each([[0, /127\.0\.0\.1$/], [1, /^198\.51\.100\.7$/]])('behind %i proxies', (proxies, address) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false, proxies });
  });
  afterAll(() => app.close());

  it('the address of a client is what the last proxy says, never what the client says', async () => {
    const person = await aPerson();
    await database()('people').where({ id: person.id }).update({ password_hash: await hashPassword('tavolo verde ventidue onde') });
    const reply = await app.anonymous().raw('POST', 'sessions', { headers: CLAIMED, body: JSON.stringify({ email: person.email, password: 'tavolo verde ventidue onde' }) });
    expect(reply.status).toBe(201);
    const { ip } = (await database()('sessions').where({ person_id: person.id }).first('ip')) as { ip: string };
    expect(ip).toMatch(address);
  });

  it('an address of a host that is none breaks nothing', async () => {
    const { port } = new URL(app.url);
    const { connect } = await import('node:net');
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET /api/v1/courses HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('end', () => resolve(text)).on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});
