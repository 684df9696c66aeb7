import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/** What a slow line of a mountain office may be asked to carry, compressed. */
const MOST = { script: 120 * 1024, stylesheet: 60 * 1024 };

describe('the first page', () => {
  let stage: BrowserStage;
  beforeAll(async () => {
    stage = await openBrowserStage();
  }, 120_000);
  afterAll(() => stage.close());

  it('asks for little, and for nothing of anybody else', async () => {
    const page = await stage.visitor();
    const { foreign, failed } = watchRequests(page);
    const sizes = { script: 0, stylesheet: 0 };
    const reading: Promise<void>[] = [];
    page.on('response', (response) => {
      const kind = response.request().resourceType();
      if (kind === 'script' || kind === 'stylesheet') reading.push(response.body().then((body) => void (sizes[kind] += gzipSync(body).length)));
    });
    await page.goto('/', { waitUntil: 'networkidle' });
    await Promise.all(reading);
    // It did load both
    expect(sizes.script).toBeGreaterThan(10_000);
    expect(sizes.stylesheet).toBeGreaterThan(5_000);
    expect(sizes.script).toBeLessThanOrEqual(MOST.script);
    expect(sizes.stylesheet).toBeLessThanOrEqual(MOST.stylesheet);
    expect({ foreign, failed }).toEqual({ foreign: [], failed: [] });
  });

  it('has journeys that would find what is wrong with a page, in each way', async () => {
    const page = await stage.visitor();
    const bad = '<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><img src="/icona.svg"><p style="color:#aaa;background:#fff">pale</p><p style="width:900px">wide</p></main></html>';
    await page.route('**/cattiva', (route) => route.fulfill({ status: 203, contentType: 'text/html', body: bad }));
    const findings = await pageFindings(page, ['/cattiva']);
    for (const what of [/: 203$/, /speaks en$/, /at 1280: image-alt/, /at 360: image-alt/, /at 1280: color-contrast/, /at 360: color-contrast/, /at 360: wider/]) expect(findings).toContainEqual(expect.stringMatching(what));
    expect(findings).not.toContainEqual(expect.stringMatching(/at 1280: wider/));
  });

  it('says what it has to say without JavaScript', async () => {
    const page = await stage.visitor({ javaScript: false });
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const path of ['/corsi', '/reti', '/cruscotto', '/verifica']) expect(await page.locator(`a[href="${path}"]`).count()).toBeGreaterThan(0);
    await page.getByRole('banner').getByRole('link', { name: 'Formazione' }).click();
    await page.getByRole('link', { name: /Il codice dei contratti/ }).first().waitFor();
  });
});
