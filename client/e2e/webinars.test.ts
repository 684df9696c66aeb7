import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson, aTrainer } from '../../server/accounts/factory.ts';
import { aCourse, anEdition } from '../../server/courses/factory.ts';
import { database } from '../../server/database/connection.ts';
import { anEnrolment, type BuiltEnrolment } from '../../server/learning/factory.ts';
import { aModerator, aNetwork } from '../../server/community/factory.ts';
import { giveSignOfLife, recordPresence } from '../../server/webinars/record-presence.ts';
import { aSeat, aWebinar } from '../../server/webinars/factory.ts';
import type { Webinar } from '../../server/webinars/webinar.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/**
 * Live events in one story: a moderator schedules a webinar for her network, somebody finds it there and registers; a trainer sees in her register who
 * comes, corrects somebody's minutes and locks it, and the certificate is there.
 */
describe('webinars', () => {
  let stage: BrowserStage;
  let moderator: Page;
  let member: Page;
  let trainer: Page;
  let learner: Page;
  let enrolment: BuiltEnrolment;
  let lesson: Webinar;
  let seen: ReturnType<typeof watchRequests>[];
  let path: string;

  beforeAll(async () => {
    stage = await openBrowserStage();
    const network = await aNetwork({ key: 'sua', name: 'Stazione unica appaltante' });
    moderator = await stage.person(await aModerator(network));
    member = await stage.person(await aPerson());
    await aPerson({ given_name: 'Ada', family_name: 'Relatrice' });
    const edition = await anEdition({ course: await aCourse({ completion: { all: [{ attendance: '80/100' }] } }) });
    enrolment = await anEnrolment({ edition, person: await aPerson({ given_name: 'Pia', family_name: 'Discente' }) });
    const teacher = await aTrainer(edition.course);
    [trainer, learner] = [await stage.person(teacher), await stage.person(enrolment.person)];
    lesson = await aWebinar({ kind: 'class', title: 'Lezione che corre', starts: -40, minutes: 60, edition, organiser: teacher, opened_at: new Date() });
    await database()('planned_sessions').insert({ source_key: `webinar:${lesson.id}`, edition_id: edition.id, minutes: 60, day: '2026-11-26' });
    await aSeat(lesson, enrolment.person);
    seen = [moderator, member, trainer, learner].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('are scheduled from the network that they are for', async () => {
    await moderator.goto('/reti/sua');
    await moderator.getByRole('link', { name: 'Programma un webinar' }).click();
    await moderator.getByRole('button', { name: 'Programma' }).click();
    await moderator.getByRole('alert').getByText(/^Titolo:/).waitFor();
    await moderator.getByRole('textbox', { name: /^Titolo/ }).fill('La convenzione della SUA');
    await moderator.getByLabel(/^Giorno/).fill('2027-03-10');
    await moderator.getByLabel(/^Dalle/).fill('10:00');
    await moderator.getByLabel(/^Alle/).fill('11:30');
    await moderator.getByLabel(/^Posti Vuoto/).or(moderator.getByLabel('Posti', { exact: true })).first().fill('1');
    await moderator.getByRole('combobox', { name: /Chi conduce con te/ }).fill('relatrice');
    await moderator.getByRole('option', { name: /Ada Relatrice/ }).click();
    await moderator.getByLabel('Ruolo di Ada Relatrice').waitFor();
    await moderator.getByRole('button', { name: 'Programma' }).click();
    await moderator.waitForURL(/\/webinar\/\d+$/);
    path = new URL(moderator.url()).pathname;
    await moderator.getByText('10 marzo 2027, dalle 10:00 alle 11:30').first().waitFor();
  });

  it('are found there, registered for, and given up', async () => {
    await member.goto('/reti/sua');
    await member.getByRole('link', { name: 'La convenzione della SUA' }).click();
    await member.getByRole('button', { name: 'Iscriviti' }).click();
    await member.getByText('Hai un posto.').waitFor();
    await member.getByRole('button', { name: 'Rinuncia al posto' }).click();
    await member.getByRole('dialog').getByRole('button', { name: 'Rinuncia al posto' }).click();
    await member.getByRole('button', { name: 'Iscriviti' }).click();
    await member.getByText('Hai un posto.').waitFor();
    await moderator.goto(`${path}/iscritti`);
    await moderator.getByRole('rowheader', { name: /Anna Prova/ }).waitFor();
  });

  it('are attended: the register shows it live, is corrected and locked, and the certificate is there', async () => {
    await trainer.goto(`/webinar/${lesson.number}/registro`);
    const row = trainer.getByRole('row', { name: /Pia Discente/ });
    await row.getByText(/in ritardo di/).waitFor();
    await giveSignOfLife();
    await recordPresence({ webinarId: lesson.id, personId: enrolment.person.id, connection: randomUUID(), role: 'attendee', what: 'join', at: lesson.starts_at });
    await row.getByText('presente').waitFor();
    await learner.goto(`/webinar/${lesson.number}`);
    await learner.getByRole('progressbar', { name: 'La tua presenza' }).waitFor();
    await learner.getByRole('link', { name: 'Entra nella sala' }).waitFor();
    await trainer.getByRole('button', { name: 'Correggi la presenza di Pia Discente' }).click();
    await trainer.getByLabel(/Minuti da aggiungere/).fill('-1');
    await trainer.getByLabel(/^Motivo/).fill('Era uscita dall’aula');
    await trainer.getByRole('dialog').getByRole('button', { name: 'Correggi' }).click();
    await trainer.getByText(/Pia Discente: −1 minuti, Era uscita dall’aula/).waitFor();
    await trainer.getByRole('button', { name: 'Chiudi la lezione' }).click();
    await trainer.getByRole('dialog').getByRole('button', { name: 'Chiudi la lezione' }).click();
    await trainer.getByRole('button', { name: 'Chiudi il registro' }).click();
    await trainer.getByRole('dialog').getByRole('button', { name: 'Chiudi il registro' }).click();
    await trainer.getByText(/Registro chiuso da/).waitFor();
    await stage.app.settled();
    await learner.goto('/libretto');
    await learner.getByText('Lezione che corre').waitFor();
    expect(await database()('certificates').where('enrolment_id', enrolment.id)).toHaveLength(1);
  });

  it('can be tried before: the technical check ends with a report', async () => {
    await member.goto('/webinar/prova-tecnica');
    await member.getByRole('button', { name: 'Avvia la prova' }).click();
    await member.getByRole('listitem').getByText(/Il canale si apre in \d+ millisecondi/).waitFor();
    await member.getByText(/Per i webinar servono soltanto HTTPS e WebSocket/).waitFor();
  });

  it.each(['it', 'en'] as const)('have nothing for axe to find, at any width, in %s', async (language) => {
    const [visitor, manager, teacher, student] = await Promise.all([
      stage.visitor({ language }), ...[moderator, trainer, learner].map(async (page) => {
        await page.context().addCookies([{ name: 'lingua', value: language, url: stage.app.url }]);
        return page;
      }),
    ]);
    if (!visitor || !manager || !teacher || !student) throw new Error('no pages');
    expect([
      ...(await pageFindings(visitor, ['/webinar', '/webinar?mostra=passati&tipo=class', path], language)),
      ...(await pageFindings(manager, ['/webinar', '/webinar/nuovo', path, `${path}/modifica`, `${path}/iscritti`, '/webinar/prova-tecnica'], language)),
      ...(await pageFindings(teacher, [`/webinar/${lesson.number}/registro`], language)),
      ...(await pageFindings(student, [`/webinar/${lesson.number}`], language)),
    ]).toEqual([]);
    // The form that was sent with gaps was refused, as it should be
    expect(seen.flatMap(({ foreign, failed }) => [...foreign, ...failed]).filter((what) => !what.includes('422'))).toEqual([]);
  }, 120_000);
});
