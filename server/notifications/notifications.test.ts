import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { react } from '../../workers/reactions.ts';
import { aCoordinator, anAdministrator, aPerson, type BuiltPerson } from '../accounts/factory.ts';
import { aCertificate } from '../certificates/factory.ts';
import type { MailDetail, Notice } from '../contract/notifications.ts';
import { anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { mailGateway, type OutgoingMail } from '../gateways/mail.ts';
import { anEnrolment } from '../learning/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { deliverMail } from './deliver-mail.ts';
import { notify, type NoticeOrder } from './notify.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const noticesOf = async (person: { id: string }) => (await (await app.as(person)).get<{ items: Notice[]; next: string | null }>('notices?limit=100')).body.items;
const mailsOf = async (person: { id: string }) => (await database()('mails').where({ person_id: person.id }).orderBy('id')) as { id: string; key: string; subject: string; body_text: string; body_html: string; sent_at: Date | null }[];
let count = 0;
const order = (person: { id: string }, more: Partial<NoticeOrder> = {}): NoticeOrder => ({ personId: person.id, kind: 'certificate-issued', key: `test:${(count += 1)}`, params: { course: 'Appalti', code: 'ABC' }, link: '/libretto', ...more });
const tell = (given: NoticeOrder) => transaction((tx) => notify(tx, given));

describe('to notify', () => {
  it('writes one notice and one mail for one cause, however often it is told, also at the same time', async () => {
    const person = await aPerson();
    const same = order(person);
    await Promise.all([tell(same), tell(same), tell(same)]);
    await tell(same);
    await app.settled();
    expect(await noticesOf(person)).toMatchObject([{ title: 'Il tuo attestato è pronto: Appalti', link: '/libretto', readAt: null }]);
    const mails = await mailsOf(person);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body_text).toMatch(/^Complimenti, hai completato «Appalti».*\n\nApri il libretto:\nhttp:\/\/localhost:\d+\/libretto\n/);
  });

  it('speaks the language of the person, in the mail and in the page', async () => {
    const person = await aPerson({ language: 'en' });
    await tell(order(person));
    expect((await mailsOf(person))[0]?.subject).toBe('Your certificate is ready: Appalti');
    expect((await noticesOf(person))[0]?.title).toBe('Your certificate is ready: Appalti');
  });

  it('writes what people typed as text, never as HTML', async () => {
    const person = await aPerson();
    await tell(order(person, { params: { course: '<img src=x onerror=alert(1)>', code: '"&' } }));
    const html = (await mailsOf(person))[0]?.body_html ?? '';
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;img');
  });

  it('tells a suspended person nothing', async () => {
    const person = await aPerson();
    await database()('people').where({ id: person.id }).update({ suspended_at: new Date() });
    await tell(order(person));
    expect(await mailsOf(person)).toEqual([]);
  });
});

describe('my notices', () => {
  it('come newest first, page after page, and are marked one by one or all', async () => {
    const person = await aPerson();
    const browser = await app.as(person);
    for (const course of ['uno', 'due', 'tre']) await tell(order(person, { params: { course, code: '1' } }));
    const first = (await browser.get<{ items: Notice[]; next: string }>('notices?limit=2')).body;
    const second = (await browser.get<{ items: Notice[]; next: string | null }>(`notices?limit=2&cursor=${first.next}`)).body;
    expect([...first.items, ...second.items].map(({ title }) => title.split(': ')[1])).toEqual(['tre', 'due', 'uno']);
    expect(second.next).toBeNull();
    expect((await browser.put(`notices/${first.items[0]?.id}/reading`)).body).toEqual({ unread: 2 });
    expect((await browser.get<{ items: Notice[] }>('notices?unread=true')).body.items).toHaveLength(2);
    expect((await browser.put('notices/reading')).body).toEqual({ unread: 0 });
    expect((await noticesOf(person)).every(({ readAt }) => readAt !== null)).toBe(true);
  });

  it('are nobody else’s', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    await tell(order(person));
    const [notice] = await noticesOf(person);
    expect(await noticesOf(other)).toEqual([]);
    expect((await (await app.as(other)).put(`notices/${notice?.id}/reading`)).status).toBe(404);
    expect((await noticesOf(person))[0]?.readAt).toBeNull();
    expect((await app.anonymous().get('notices')).status).toBe(401);
  });
});

describe('a certificate', () => {
  it('is told by exactly one mail and one notice, also when the event comes again and again', async () => {
    const { id, enrolment: { person } } = await aCertificate();
    await Promise.all([1, 2, 3].map(() => react('certificate.issued', { certificateId: id })));
    await react('certificate.issued', { certificateId: id });
    await app.settled();
    expect((await mailsOf(person)).filter(({ key }) => key === `certificate:${id}`)).toHaveLength(1);
    expect((await noticesOf(person)).filter(({ kind }) => kind === 'certificate-issued')).toHaveLength(1);
  });
});

describe('a change of an enrolment', () => {
  const changed = async (enrolment: { id: string }, from: string | null, to: string, by: BuiltPerson, reason?: string) => {
    await database()('enrolment_changes').insert({ enrolment_id: enrolment.id, from_status: from, to_status: to, by_person_id: by.id, reason });
    await react('enrolment.changed', { enrolmentId: enrolment.id, from, to });
    await react('enrolment.changed', { enrolmentId: enrolment.id, from, to });
  };

  it("is told to the coordinators when somebody asks, also to the Province's of a municipality; where there is none, to UPI", async () => {
    const province = await aProvince('Lucca');
    const coordinator = await aCoordinator({ body: province });
    const person = await aPerson({ body: await aMunicipality(province) });
    await changed(await anEnrolment({ person, status: 'requested' }), null, 'requested', person);
    expect((await noticesOf(coordinator)).map(({ kind, link }) => [kind, link])).toEqual([['enrolment-requested', '/ente/iscrizioni']]);
    expect(await noticesOf(person)).toEqual([]);
    const admin = await anAdministrator();
    const alone = await aPerson({ body: await aProvince('Prato') });
    await changed(await anEnrolment({ person: alone, status: 'requested' }), null, 'requested', alone);
    expect((await noticesOf(admin)).map(({ kind }) => kind)).toEqual(['enrolment-requested']);
    expect(await noticesOf(coordinator)).toHaveLength(1);
  });

  it('is told to the person: a seat, a promotion, a refusal with its reason', async () => {
    const coordinator = await aCoordinator();
    for (const [from, to, kind, reason] of [['requested', 'active', 'enrolment-active', undefined], ['waiting', 'active', 'enrolment-promoted', undefined], ['requested', 'refused', 'enrolment-refused', 'Già iscritta altrove']] as const) {
      const enrolment = await anEnrolment();
      await changed(enrolment, from, to, coordinator, reason);
      const notices = await noticesOf(enrolment.person);
      expect(notices.map((notice) => notice.kind)).toEqual([kind]);
      if (reason) expect(notices[0]?.text).toContain(reason);
    }
  });

  it('is told with its reason when the edition is cancelled, to everybody who had or awaited a place, and not to who withdrew', async () => {
    const edition = await anEdition();
    const [seated, withdrawn] = [await anEnrolment({ edition }), await anEnrolment({ edition })];
    await (await app.as(withdrawn.person)).put(`enrolments/${withdrawn.id}/withdrawal`);
    const admin = await app.as(await anAdministrator());
    expect((await admin.put(`editions/${edition.id}/cancellation`, { reason: 'Docente indisponibile' })).status).toBe(200);
    await app.settled();
    expect(await noticesOf(seated.person)).toMatchObject([{ kind: 'enrolment-cancelled', text: expect.stringContaining('Docente indisponibile'), link: expect.stringMatching(/^\/corsi\//) }]);
    expect(await mailsOf(seated.person)).toHaveLength(1);
    expect(await noticesOf(withdrawn.person)).toEqual([]);
  });
});

describe('mails', () => {
  it('are read by an administrator alone, with their links and as they look', async () => {
    const person = await aPerson();
    await tell(order(person));
    const [mail] = await mailsOf(person);
    const admin = await app.as(await anAdministrator());
    const listed = await admin.get<{ items: { id: string }[] }>(`mails?to=${encodeURIComponent(person.email)}`);
    expect(listed.body.items.map(({ id }) => id)).toEqual([mail?.id]);
    expect((await admin.get<MailDetail>(`mails/${mail?.id}`)).body).toMatchObject({ to: person.email, sentAt: null, links: [expect.stringMatching(/\/libretto$/)] });
    const page = await admin.get<string>(`mails/${mail?.id}/html`);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox");
    expect(page.body).toContain('<h1');
    for (const browser of [await app.as(person), await app.as(await aCoordinator())]) expect((await browser.get(`mails/${mail?.id}`)).status).toBe(403);
    expect((await admin.get('mails/0190c7d0-0000-7000-8000-000000000000')).status).toBe(404);
  });

  it('that the mail server refuses say why, and say nothing more once they have left', async () => {
    const person = await aPerson();
    await tell(order(person));
    await app.settled();
    const [mail] = await mailsOf(person);
    const read = () => database()('mails').where({ id: mail?.id }).first('error', 'failed_at', 'sent_at');
    const kept = mailGateway.send;
    try {
      mailGateway.send = async () => {
        throw new Error('550 no such user');
      };
      await expect(deliverMail(mail?.id ?? '')).rejects.toThrow('550');
      expect(await read()).toMatchObject({ error: '550 no such user', failed_at: expect.any(Date), sent_at: null });
      mailGateway.send = async () => 'sent';
      await deliverMail(mail?.id ?? '');
      expect(await read()).toMatchObject({ error: null, failed_at: null, sent_at: expect.any(Date) });
    } finally {
      mailGateway.send = kept;
    }
  });

  it('that leave are sent once and keep no secret here', async () => {
    const person = await aPerson();
    await database()('people').where({ id: person.id }).update({ confirmed_at: null });
    await react('person.registered', { personId: person.id });
    await react('person.registered', { personId: person.id });
    await app.settled();
    const [mail, ...more] = await mailsOf(person);
    expect(more).toEqual([]);
    expect(mail?.body_text).toMatch(/codice=[\w-]{40,}/);
    const sent: OutgoingMail[] = [];
    const kept = mailGateway.send;
    mailGateway.send = async (outgoing) => {
      sent.push(outgoing);
      return 'sent';
    };
    try {
      await deliverMail(mail?.id ?? '');
      await deliverMail(mail?.id ?? '');
    } finally {
      mailGateway.send = kept;
    }
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toBe(mail?.body_text);
    const after = (await mailsOf(person))[0];
    expect(after?.sent_at).toBeInstanceOf(Date);
    expect(`${after?.body_text}${after?.body_html}`).not.toMatch(/codice=[\w-]{10,}/);
  });
});
