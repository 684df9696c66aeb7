import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Worker } from 'playwright-core';
import { aPerson, type BuiltPerson } from '../../server/accounts/factory.ts';
import { database } from '../../server/database/connection.ts';
import { transaction } from '../../server/database/transaction.ts';
import { cutOff, roomOf } from '../../server/sockets/publish.ts';
import { aSeat, aStaff, aWebinar } from '../../server/webinars/factory.ts';
import { type BrowserStage, findingsHere, openBrowserStage, watchRequests } from './stage.ts';

/** What goes wrong in a live room, one after the other in the same room: how long it takes decides nothing. */
const PATIENCE_MS = 60_000;

let stage: BrowserStage;
let room: { id: string; number: number };
let [presenter, moderator, learner]: BuiltPerson[] = [];
let [desk, keeper, viewer]: Page[] = [];
let seen: { foreign: string[]; failed: string[] }[];

function there<T>(what: T | undefined): T {
  if (what === undefined) throw new Error('not there yet');
  return what;
}

/** Keeps every track that the browser opened, so that a test may look whether its light is off. */
const KEEP_TRACKS = `
  window.tracks = [];
  for (const name of ['getUserMedia', 'getDisplayMedia']) {
    const real = navigator.mediaDevices[name].bind(navigator.mediaDevices);
    navigator.mediaDevices[name] = async (wish) => {
      if (window.slowly) await window.slowly;
      const stream = await real(wish);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  }`;
const tracks = (page: Page): Promise<string[]> => page.evaluate<string[]>('window.tracks.map(({ readyState }) => readyState)');

async function person(who: BuiltPerson | undefined): Promise<Page> {
  const page = await stage.person(there(who));
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(KEEP_TRACKS);
  seen.push(watchRequests(page));
  return page;
}

async function enter(page: Page): Promise<void> {
  await page.goto(`/webinar/${room.number}/sala`);
  await page.getByRole('button', { name: 'Entra nella sala' }).dblclick();
  await page.getByRole('button', { name: 'Esci dalla sala' }).waitFor();
}

async function mediaWorker(page: Page): Promise<Worker> {
  const isIt = (worker: Worker) => worker.url().includes('media.worker');
  return page.workers().find(isIt) ?? page.waitForEvent('worker', isIt);
}

interface Figures {
  shownInAll: number;
  waiting: number;
  rung: number;
  stills: number;
}
const figures = async (page: Page): Promise<Figures> => JSON.parse((await page.locator('[data-figures]').getAttribute('data-figures')) ?? '{}') as Figures;

async function until(page: Page, what: (figures: Figures) => boolean): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !what(await figures(page)); await page.waitForTimeout(100)) if (Date.now() > deadline) throw new Error(`It did not happen: ${JSON.stringify(await figures(page))}`);
}

async function seesMore(page: Page): Promise<void> {
  const { shownInAll = 0 } = await figures(page);
  await until(page, (now) => (now.shownInAll ?? 0) > shownInAll);
}

const setVisible = (page: Page, visible: boolean) => page.evaluate(`Object.defineProperty(document, 'visibilityState', { configurable: true, value: '${visible ? 'visible' : 'hidden'}' }); document.dispatchEvent(new Event('visibilitychange'))`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

beforeAll(async () => {
  stage = await openBrowserStage({ media: true });
  seen = [];
  presenter = await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' });
  moderator = await aPerson({ given_name: 'Marta', family_name: 'Moderatrice' });
  learner = await aPerson({ given_name: 'Lia', family_name: 'Allieva' });
  room = await aWebinar({ title: 'Convenzioni con i Comuni', starts: -1, organiser: presenter });
  await aStaff(room, moderator, 'moderator');
  await aSeat(room, learner);
  desk = await person(presenter);
  keeper = await person(moderator);
  viewer = await person(learner);
  await enter(desk);
  await enter(keeper);
  await enter(viewer);
});
afterAll(() => stage.close());

describe('a live room in trouble', () => {
  it('opens a camera once however often it is clicked, and puts the keyboard in the room', async () => {
    expect(await there(viewer).evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Sala');
    // Pictures come to decoders that a test can break
    const watching = await mediaWorker(there(viewer));
    await watching.evaluate(`
      self.decoders = [];
      self.VideoDecoder = class extends VideoDecoder {
        constructor(init) { super(init); self.decoders.push({ fail: () => { if (this.state !== 'closed') this.close(); init.error(new DOMException('broken', 'EncodingError')); } }); }
      };`);
    await (await mediaWorker(there(desk))).evaluate(`
      self.encoders = [];
      self.VideoEncoder = class extends VideoEncoder {
        constructor(init) { super(init); self.encoders.push({ fail: () => { this.close(); init.error(new DOMException('broken', 'EncodingError')); } }); }
      };`);
    // The browser takes its time to open it
    await there(desk).evaluate('void (window.slowly = new Promise((resolve) => setTimeout(resolve, 500)))');
    await button(there(desk), 'Accendi la telecamera').dblclick();
    await button(there(desk), 'Spegni la telecamera').waitFor();
    expect(await tracks(there(desk))).toEqual(['live']);
    await there(viewer).getByText('Telecamera di Rosa Relatrice').first().waitFor();
    await seesMore(there(viewer));
  });

  it('asks for no pictures where nobody looks, and for them again when somebody does', async () => {
    await setVisible(there(viewer), false);
    await until(there(viewer), ({ rung }) => rung === 3);
    await there(viewer).getByText('video sospeso').first().waitFor();
    await setVisible(there(viewer), true);
    await until(there(viewer), ({ rung }) => rung < 3);
    await seesMore(there(viewer));
    // A tab in which the screen's frames stand still shows what comes all the same, and heaps nothing up
    await (await mediaWorker(there(viewer))).evaluate('self.requestAnimationFrame = () => 0');
    await seesMore(there(viewer));
    await seesMore(there(viewer));
    expect((await figures(there(viewer))).waiting).toBeLessThanOrEqual(10);
  });

  it('decodes again after an error, so many times; then it says so', async () => {
    const watching = await mediaWorker(there(viewer));
    await watching.evaluate('self.decoders.at(-1).fail()');
    await seesMore(there(viewer));
    await watching.evaluate('for (let i = 0; i < 6; i += 1) self.decoders.at(-1).fail()');
    await there(viewer).getByText('questo browser non riesce a mostrarla').first().waitFor();
  });

  it('says that the encoder failed, switches the camera off, and begins again when asked', async () => {
    await (await mediaWorker(there(desk))).evaluate('self.encoders.at(-1).fail()');
    await there(desk).getByText('La trasmissione si è interrotta').waitFor();
    expect(await tracks(there(desk))).toEqual(['ended']);
    await button(there(desk), 'Ricomincia a trasmettere').click();
    await button(there(desk), 'Spegni la telecamera').waitFor();
    await seesMore(there(viewer));
  });

  it('sends less where the line up is slow, and tells the presenter', async () => {
    const sending = await mediaWorker(there(desk));
    await sending.evaluate("Object.defineProperty(WebSocket.prototype, 'bufferedAmount', { configurable: true, get: () => self.heap ?? 0 }); self.heap = 150_000");
    await there(desk).getByText('parte solo il video piccolo').waitFor();
    await seesMore(there(viewer));
    await sending.evaluate('self.heap = 400_000');
    await there(desk).getByText('per ora parte solo l’audio').waitFor();
    await sending.evaluate('self.heap = 0');
    await there(desk).getByText('parte solo il video piccolo').waitFor();
    await seesMore(there(viewer));
  });

  it('is left and entered again by who was cut off, without a word, and what she sends goes on once', async () => {
    await transaction(async (tx) => cutOff(tx, roomOf.person(there(presenter).id)));
    await there(desk).getByText('Collegamento interrotto').waitFor();
    await there(desk).getByText('Collegamento interrotto').waitFor({ state: 'detached' });
    await seesMore(there(viewer));
    expect(await there(viewer).locator('figure').count()).toBe(1);
    expect(await tracks(there(desk))).toEqual(['ended', 'live']);
    expect(await there(desk).getByText('Non è stato possibile').count()).toBe(0);
  });

  it('keeps what one wrote to who runs the room, what was typed in another tab, and says why a message stays', async () => {
    const [page, staff] = [there(viewer), there(keeper)];
    await page.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Non sento bene');
    await page.getByText('Solo a chi conduce', { exact: true }).click();
    await button(page, 'Invia').click();
    for (const one of [page, staff]) await one.getByRole('log').getByText('Non sento bene').waitFor();
    await page.getByText('Si invia…').waitFor({ state: 'detached' });
    expect(await page.getByRole('log').getByText('Non sento bene').count()).toBe(1);
    await page.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Ancora da finire');
    await page.getByRole('tab', { name: 'Domande' }).click();
    await page.getByRole('textbox', { name: 'La tua domanda' }).fill('Una domanda a metà');
    await page.getByRole('tab', { name: 'Chat' }).click();
    expect(await page.getByRole('textbox', { name: 'Scrivi un messaggio' }).inputValue()).toBe('Ancora da finire');
    await page.getByRole('tab', { name: 'Domande' }).click();
    expect(await page.getByRole('textbox', { name: 'La tua domanda' }).inputValue()).toBe('Una domanda a metà');
    await staff.route('**/messages/*/removal', (route) => route.abort());
    await staff.getByRole('button', { name: /^Togli.*Lia Allieva/ }).click();
    await staff.getByText('Il server non risponde').waitFor();
    await staff.unroute('**/messages/*/removal');
  });

  it('is followed by sound and slides alone where one wants so, also the next time', async () => {
    const page = there(viewer);
    await page.getByLabel('Qualità').selectOption('Solo audio e diapositive');
    await until(page, ({ rung }) => rung === 3);
    await page.getByText('Hai scelto solo audio e diapositive').waitFor();
    // A screen that is shown comes in still pictures, and in no other way
    await button(there(desk), 'Mostra lo schermo').click();
    await page.getByText(/^Schermo di .*: immagine ferma, si rinnova/).waitFor();
    await until(page, ({ stills }) => stills >= 2);
    await button(there(desk), 'Smetti di mostrare lo schermo').click();
    await page.getByText(/immagine ferma/).waitFor({ state: 'detached' });
    await button(page, 'Esci dalla sala').click();
    await button(page, 'Entra nella sala').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('La sala è aperta');
    await button(page, 'Entra nella sala').click();
    await page.getByLabel('Qualità').waitFor();
    expect(await page.getByLabel('Qualità').inputValue()).toBe('sound');
    await until(page, ({ rung }) => rung === 3);
    await page.getByLabel('Qualità').selectOption('Automatica');
    await until(page, ({ rung }) => rung < 3);
    await seesMore(page);
  });

  it('reads well: for who presents, who moderates and who watches, in both languages', async () => {
    const guest = await aPerson({ language: 'en' });
    await aSeat(room, guest);
    const english = await person(guest);
    await english.goto(`/webinar/${room.number}/sala`);
    await english.getByRole('button', { name: 'Enter the room' }).click();
    await english.getByText('Everything arrives').waitFor();
    const findings = [...(await findingsHere(there(desk), 'presenter')), ...(await findingsHere(there(viewer), 'viewer', [360])), ...(await findingsHere(english, 'english', [360], false))];
    expect(findings).toEqual([]);
    await english.context().close();
  });

  it('sends somebody out with a reason that she reads; her devices are off, and so are those of who leaves', async () => {
    const [page, staff] = [there(viewer), there(keeper)];
    await there(desk).getByRole('button', { name: 'Dai la parola a Lia Allieva' }).click();
    await button(page, 'Accendi il microfono').click();
    await button(page, 'Spegni il microfono').waitFor();
    // The camera is being asked for when she is sent out
    await page.evaluate('void (window.slowly = new Promise((resolve) => (window.goOn = resolve)))');
    await button(page, 'Accendi la telecamera').click();
    await staff.getByRole('region', { name: 'Persone in sala' }).getByRole('button', { name: 'Fai uscire Lia Allieva' }).click();
    const dialog = staff.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Fai uscire' }).click();
    await dialog.getByText('Motivo').first().waitFor();
    expect(await dialog.locator('[aria-invalid=true]').count()).toBe(1);
    await dialog.getByRole('textbox').fill('Disturba chi ascolta');
    await dialog.getByRole('button', { name: 'Fai uscire' }).click();
    await page.getByText('Disturba chi ascolta').waitFor();
    await page.getByText('Chi conduce ti ha fatto uscire').waitFor();
    await page.evaluate('window.goOn()');
    for (const deadline = Date.now() + PATIENCE_MS; (await tracks(page)).length < 2 || (await tracks(page)).includes('live'); await page.waitForTimeout(100)) if (Date.now() > deadline) throw new Error(`still on: ${await tracks(page)}`);
    await button(page, 'Torna all’ingresso').click();
    await button(page, 'Entra nella sala').waitFor();
    await button(there(desk), 'Esci dalla sala').click();
    await button(there(desk), 'Entra nella sala').waitFor();
    expect(await tracks(there(desk))).toEqual(['ended', 'ended', 'ended']);
    // Nothing of it goes on: no worker, and nobody is there for the register
    for (const one of [page, there(desk)]) expect(one.workers().filter((worker) => worker.url().includes('media.worker'))).toEqual([]);
    const left = (await database()('presence_log').where({ webinar_id: room.id, what: 'leave', person_id: there(presenter).id }).pluck('connection')) as string[];
    expect(left.length).toBeGreaterThan(0);
    expect(seen.flatMap(({ foreign, failed }) => [...foreign, ...failed.filter((message) => !/Failed to load resource/.test(message))])).toEqual([]);
  });
});
