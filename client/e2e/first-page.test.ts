import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrowserStage, openBrowserStage, watchRequests } from './stage.ts';

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

  it('says what it has to say without JavaScript', async () => {
    const page = await stage.visitor({ javaScript: false });
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const path of ['/corsi', '/reti', '/cruscotto', '/verifica']) expect(await page.locator(`a[href="${path}"]`).count()).toBeGreaterThan(0);
    await page.getByRole('banner').getByRole('link', { name: 'Formazione' }).click();
    await page.getByRole('link', { name: /Il codice dei contratti/ }).first().waitFor();
  });
});
