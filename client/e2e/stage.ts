import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { syncCourses } from '../../server/courses/authoring/sync-courses.ts';
import { startTestApp, type TestApp } from '../../server/testing/app.ts';
import { BROWSER_FLAGS, FAKE_MEDIA, findBrowser } from './browser.js';

/** The real application with its pages, its workers and the real courses, and a real browser. */
export interface BrowserStage {
  app: TestApp;
  browser: Browser;
  /** Another person's browser: its own cookies, nothing shared. */
  visitor(options?: { javaScript?: boolean; width?: number; language?: string }): Promise<Page>;
  /** The same, signed in. */
  person(who: { id: string }, options?: { width?: number; language?: string }): Promise<Page>;
  close(): Promise<void>;
}

/** @param options.media a camera and a microphone that are made up, and permission to use them. */
export async function openBrowserStage(options: { media?: boolean } = {}): Promise<BrowserStage> {
  const app = await startTestApp({ pages: true });
  await syncCourses(join(import.meta.dirname, '../../courses'));
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('There is no Chromium');
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...(options.media ? FAKE_MEDIA : [])] });
  const open = async (options: { javaScript?: boolean; width?: number; language?: string } = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({
      baseURL: app.url, javaScriptEnabled: options.javaScript ?? true, viewport: { width: options.width ?? 1280, height: 900 }, locale: options.language ?? 'it-IT', timezoneId: 'Europe/Rome', reducedMotion: 'reduce',
    });
    // Patience for a busy machine: how long something takes decides nothing
    context.setDefaultTimeout(25_000);
    return context;
  };
  return {
    app,
    browser,
    visitor: async (options) => {
      const page = await (await open(options)).newPage();
      return options?.javaScript === false ? page : answering(page);
    },
    async person(who, options) {
      const context = await open(options);
      const { cookieHeader } = await app.as(who);
      const [name = '', value = ''] = cookieHeader.split('=');
      await context.addCookies([{ name, value, url: app.url }]);
      return answering(await context.newPage());
    },
    async close() {
      await browser.close();
      await app.close();
    },
  };
}

/** A page that was opened is used once it answers: what is pressed before its scripts run is lost, on a busy machine for seconds. */
function answering(page: Page): Page {
  const goto = page.goto.bind(page);
  page.goto = async (url, options) => {
    const answer = await goto(url, options);
    if (answer && /html/.test(answer.headers()['content-type'] ?? '') && (await page.locator('#contenuto').count()) > 0) await page.locator('html[data-alive]').waitFor({ state: 'attached' });
    return answer;
  };
  return page;
}

/** Every kind of request that a page made, by host: nobody but us is asked for anything. */
export function watchRequests(page: Page): { foreign: string[]; failed: string[] } {
  const seen = { foreign: [] as string[], failed: [] as string[] };
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') seen.foreign.push(request.url());
  });
  page.on('pageerror', (error) => seen.failed.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.failed.push(message.text());
  });
  return seen;
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/**
 * What axe finds on the page as it stands, in words. Straight from axe, which is put into the page once: a wrapper that does it anew for every look, and
 * describes what passes, takes longer than the looking.
 * @param colours whether contrast is measured, which takes longer than all else.
 */
async function axeFindings(page: Page, colours: boolean): Promise<string[]> {
  const run = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'], ...(colours ? {} : { rules: { 'color-contrast': { enabled: false } } }) };
  return page.evaluate<string[]>(`axe.run(document, ${JSON.stringify(run)}).then(({ violations }) => violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => id + ': ' + help + ' (' + target.join(' ') + ')')))`);
}

/** A page wider than its window makes people scroll sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

const WIDTHS = { desk: 1280, telephone: 360 };

/** The same of a page as it stands, which is not opened anew: what only comes by clicking. @param where how the findings call it. */
export async function findingsHere(page: Page, where: string, widths: number[] = [WIDTHS.desk, WIDTHS.telephone], colours = true): Promise<string[]> {
  const findings: string[] = [];
  for (const frame of page.frames()) await frame.evaluate(axe.source);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    findings.push(...(await axeFindings(page, colours)).map((finding) => `${where} at ${width}: ${finding}`));
    if ((await sidewaysScroll(page)) > 0) findings.push(`${where} at ${width}: wider than the window`);
  }
  return findings;
}

/**
 * What is wrong with each of these pages, opened once: what axe finds at a desk and on a telephone, where it is wider than its window, and whether it
 * speaks the language. In English on a telephone, and without the contrast, which is the same.
 */
export async function pageFindings(page: Page, paths: string[], language: 'it' | 'en' = 'it'): Promise<string[]> {
  const findings: string[] = [];
  const widths = language === 'it' ? [WIDTHS.desk, WIDTHS.telephone] : [WIDTHS.telephone];
  for (const path of paths) {
    await page.setViewportSize({ width: widths[0] ?? WIDTHS.desk, height: 900 });
    const answer = await page.goto(path);
    if (answer?.status() !== 200) findings.push(`${path}: ${answer?.status()}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const spoken = await page.locator('html').getAttribute('lang');
    if (spoken !== language) findings.push(`${path}: speaks ${spoken}`);
    findings.push(...(await findingsHere(page, path, widths, language === 'it')));
  }
  return findings;
}
