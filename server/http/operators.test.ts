import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../testing/app.ts';

describe('what operators ask', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('answers health, readiness and the OpenAPI document to anybody', async () => {
    const anonymous = app.anonymous();
    expect((await anonymous.get('/api/health')).body).toEqual({ status: 'ok' });
    expect((await anonymous.get('/api/ready')).body).toEqual({ status: 'ready' });
    expect((await anonymous.get('/api/openapi.json')).body).toMatchObject({ openapi: '3.1.0', paths: { '/api/v1/me': { get: { summary: 'Who is signed in' } } } });
  });

  it('answers what does not exist with a problem in the language of the browser', async () => {
    const reply = await app.anonymous().raw('GET', '/api/v1/nothing', { headers: { 'accept-language': 'en' } });
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.json()).toMatchObject({ code: 'not-found', title: 'What you are looking for does not exist or is not available.', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('refuses an unsafe request from another site', async () => {
    const reply = await app.anonymous().raw('POST', '/api/v1/me', { headers: { origin: 'https://evil.example' } });
    expect(reply.status).toBe(403);
    expect(await reply.json()).toMatchObject({ code: 'forbidden-origin' });
  });
});
