import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { assetAddress } from './assets.ts';
import { syncCourses } from './authoring/sync-courses.ts';
import { Course } from './course.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

describe('the assets of a course', () => {
  let app: TestApp;
  let versionId: string;
  let video: Buffer;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    await syncCourses(FIXTURES);
    versionId = (await Course.query().findOne({ key: 'corso-di-prova' }))?.current_version_id ?? '';
    video = await readFile(join(FIXTURES, 'corso-di-prova/assets/filmato.webm'));
    expect(video.length).toBeGreaterThan(2000);
  });
  afterAll(() => app.close());
  const ask = (name: string, headers: Record<string, string> = {}, method = 'GET') => app.anonymous().raw(method, assetAddress(versionId, name), { headers });
  const bytes = async (reply: Response) => Buffer.from(await reply.arrayBuffer());

  it.each([
    ['passi.svg', 'image/svg+xml', /sandbox/],
    ['filmato.webm', 'video/webm', /sandbox/],
    ['filmato.it.vtt', 'text/vtt; charset=utf-8', /sandbox/],
    // A browser's reader of PDF does not work in a sandbox
    ['scheda.pdf', 'application/pdf', /^frame-ancestors 'self'$/],
  ])('serves %s as what it is, for ever, and as nothing that runs', async (name, type, policy) => {
    const reply = await ask(name);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe(type);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('content-security-policy')).toMatch(policy);
    expect(reply.headers.get('content-disposition')).toMatch(/^inline/);
    expect(await bytes(reply)).toEqual(await readFile(join(FIXTURES, 'corso-di-prova/assets', name)));
  });

  it('answers a browser that has it already with nothing', async () => {
    const etag = (await ask('passi.svg')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    const again = await ask('passi.svg', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await ask('passi.svg', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, undefined],
    ['bytes=-50', -50, undefined],
    ['bytes=5-5', 5, 5],
    ['bytes=2000-999999', 2000, undefined],
  ])('serves the part %s, so that a video can be searched', async (range, from, to) => {
    const reply = await ask('filmato.webm', { range });
    const expected = video.subarray(from, to === undefined ? undefined : to + 1);
    expect(reply.status).toBe(206);
    const start = from < 0 ? video.length + from : from;
    expect(reply.headers.get('content-range')).toBe(`bytes ${start}-${start + expected.length - 1}/${video.length}`);
    expect(reply.headers.get('content-length')).toBe(String(expected.length));
    expect(await bytes(reply)).toEqual(expected);
  });

  it.each(['bytes=999999-', 'bytes=-0'])('refuses the part %s, which does not exist', async (range) => {
    const reply = await ask('filmato.webm', { range });
    expect(reply.status).toBe(416);
    expect(reply.headers.get('content-range')).toBe(`bytes */${video.length}`);
    expect(await reply.json()).toMatchObject({ code: 'range-not-satisfiable' });
  });

  it.each(['bytes=9-3', 'bytes=0-1,4-5', 'lines=1-2', 'nonsense'])('serves the whole for %s', async (range) => {
    const reply = await ask('filmato.webm', { range });
    expect(reply.status).toBe(200);
    expect(await bytes(reply)).toEqual(video);
  });

  it('serves the whole when the part was of another file', async () => {
    expect((await ask('filmato.webm', { range: 'bytes=0-9', 'if-range': '"old"' })).status).toBe(200);
    const etag = (await ask('filmato.webm')).headers.get('etag') ?? '';
    expect((await ask('filmato.webm', { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
  });

  it('tells the size without the file', async () => {
    const reply = await ask('filmato.webm', {}, 'HEAD');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-length')).toBe(String(video.length));
    expect(reply.headers.get('accept-ranges')).toBe('bytes');
  });

  it.each(['niente.svg', '../course.yml', '..%2f..%2fcourse.yml', '%00', 'passi.svg/'])('does not find %s', async (name) => {
    const reply = await app.anonymous().raw('GET', `/api/v1/course-versions/${versionId}/assets/${name}`);
    expect(reply.status).toBe(name === 'passi.svg/' ? 200 : 404);
  });

  it('does not find an asset of another version, or of none', async () => {
    expect((await app.anonymous().raw('GET', assetAddress('019adf00-0000-7000-8000-000000000000', 'passi.svg'))).status).toBe(404);
    expect((await app.anonymous().raw('GET', assetAddress('nessuna', 'passi.svg'))).status).toBe(404);
  });
});
