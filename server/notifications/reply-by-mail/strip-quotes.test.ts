import { describe, expect, it } from '@jest/globals';
import { htmlOfHtml } from './reply-html.ts';
import { stripQuotes } from './strip-quotes.ts';

const OURS = 'Anna Bellò ha risposto nella discussione «Chi nomina il RUP?».';

/** As programs really write them: what is to remain is always the same two paragraphs. */
const ANSWER = 'Da noi lo nomina il dirigente.\n\nIl 12 marzo abbiamo scritto all’ANAC: vi mando il testo.';
const MAILS: [string, string][] = [
  ['nothing quoted', ANSWER],
  ['Gmail in Italian', `${ANSWER}\n\nIl giorno mer 25 nov 2026 alle ore 10:15 Pi.Co. <risposte+abc@pico.example>\nha scritto:\n\n> ${OURS}\n>\n> Leggi la risposta:\n> https://pico.example/reti/sua/discussioni/1?da=2\n>\n`],
  ['Gmail in Italian, on one line', `${ANSWER}\n\nIl giorno mer 25 nov 2026 alle ore 10:15 Pi.Co. <noreply@pico.example> ha scritto:\n\n> ${OURS}\n`],
  ['Gmail on a telephone', `${ANSWER}\n\nIl mer 25 nov 2026, 10:15 Pi.Co. <noreply@pico.example> ha scritto:\n\n> ${OURS}\n`],
  ['Gmail in English', `${ANSWER}\n\nOn Wed, Nov 25, 2026 at 10:15 AM Pi.Co. <noreply@pico.example> wrote:\n\n> ${OURS}\n`],
  ['Apple Mail in Italian', `${ANSWER}\n\n> Il giorno 25 nov 2026, alle ore 10:15, Pi.Co. <noreply@pico.example> ha scritto:\n> \n> ${OURS}\n`],
  ['Apple Mail on a Mac', `${ANSWER}\n\nIl giorno 25 nov 2026, alle ore 10:15, Pi.Co. <noreply@pico.example> ha scritto:\n\n> ${OURS}\n\n`],
  ['an iPhone', `${ANSWER}\n\nInviato da iPhone\n\n> Il giorno 25 nov 2026, alle ore 10:15, Pi.Co. <noreply@pico.example> ha scritto:\n> \n> ﻿${OURS}\n`],
  ['my iPhone', `${ANSWER}\n\nInviato dal mio iPhone\n\nIl giorno 25 nov 2026, alle ore 10:15, Pi.Co. <noreply@pico.example> ha scritto:\n\n${OURS}\n`],
  ['Thunderbird in Italian', `${ANSWER}\n\nIl 25/11/26 10:15, Pi.Co. ha scritto:\n> ${OURS}\n>\n> Leggi la risposta:\n`],
  ['an older Thunderbird', `${ANSWER}\n\nIl 25/11/2026 10:15, Pi.Co. ha scritto:\n>\n> ${OURS}\n\n-- \nMario Rossi\nProvincia di Treviso\nSettore appalti`],
  ['Outlook in Italian', `${ANSWER}\n\nDa: Pi.Co. <noreply@pico.example>\nInviato: mercoledì 25 novembre 2026 10:15\nA: Mario Rossi <mario@provincia.example>\nOggetto: Re: [SUA] Chi nomina il RUP?\n\n${OURS}\n`],
  ['Outlook in Italian with a rule', `${ANSWER}\n\n________________________________\nDa: Pi.Co. <noreply@pico.example>\nInviato: mercoledì 25 novembre 2026 10:15\nA: Mario Rossi\nOggetto: Re: [SUA] Chi nomina il RUP?\n\n${OURS}\n`],
  ['Outlook on the web, in bold', `${ANSWER}\n\n*Da:* Pi.Co. <noreply@pico.example>\n*Inviato:* mercoledì 25 novembre 2026 10:15\n*A:* Mario Rossi\n*Oggetto:* Re: Chi nomina il RUP?\n\n${OURS}\n`],
  ['Outlook of long ago', `${ANSWER}\n\n-----Messaggio originale-----\nDa: Pi.Co. [mailto:noreply@pico.example]\nInviato: mercoledì 25 novembre 2026 10:15\nA: Mario Rossi\nOggetto: Chi nomina il RUP?\n\n${OURS}\n`],
  ['Outlook on an iPhone', `${ANSWER}\n\nInviato da Outlook per iOS<https://aka.ms/o0ukef>\n________________________________\nDa: Pi.Co. <noreply@pico.example>\nInviato: Wednesday, November 25, 2026 10:15:00 AM\nA: Mario Rossi <mario@provincia.example>\nOggetto: Chi nomina il RUP?\n\n${OURS}\n`],
  ['Outlook on Android', `${ANSWER}\n\nOttieni Outlook per Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Pi.Co. <noreply@pico.example>\nSent: Wednesday, November 25, 2026 10:15:00 AM\nTo: Mario Rossi\nSubject: Chi nomina il RUP?\n\n${OURS}\n`],
  ['Zimbra', `${ANSWER}\n\n----- Messaggio originale -----\nDa: "Pi.Co." <noreply@pico.example>\nA: "Mario Rossi" <mario@provincia.example>\nInviato: Mercoledì, 25 novembre 2026 10:15:00\nOggetto: Chi nomina il RUP?\n\n${OURS}\n`],
  ['Libero', `${ANSWER}\n\nIl 25 novembre 2026 alle 10:15 "Pi.Co." <noreply@pico.example> ha scritto:\n\n${OURS}\n`],
  ['PEC, with a head of its own', `${ANSWER}\n\nDa: "Pi.Co." noreply@pico.example\nA: mario@pec.provincia.example\nCc:\nData: Wed, 25 Nov 2026 10:15:00 +0100\nOggetto: Chi nomina il RUP?\n\n${OURS}\n`],
  ['an answer below the quote', `Il 25/11/26 10:15, Pi.Co. ha scritto:\n> ${OURS}\n>\n\n${ANSWER}\n\n-- \nMario Rossi`],
  ['answers between the quotes', `Il 25/11/26 10:15, Pi.Co. ha scritto:\n> Chi lo nomina?\nDa noi lo nomina il dirigente.\n> E l’ANAC?\n\nIl 12 marzo abbiamo scritto all’ANAC: vi mando il testo.\n`],
  ['a signature alone', `${ANSWER}\n\n-- \nDott.ssa Maria Bianchi\nTel. 0422 000000\n`],
  ['lines of Windows', `${ANSWER}\n\nIl giorno mer 25 nov 2026 alle ore 10:15 Pi.Co. <noreply@pico.example> ha scritto:\n\n> ${OURS}\n`.replaceAll('\n', '\r\n')],
];

describe('what a person wrote in a mail', () => {
  it.each(MAILS)('%s', (_, mail) => {
    expect(stripQuotes(mail)).toBe(ANSWER);
  });

  it.each([
    ['a sentence that sounds like an introduction', 'Il sindaco di Nuoro ha scritto:\n«La convenzione è scaduta».\n\nChe cosa rispondiamo?'],
    ['a list of data', 'Da: Treviso\nverso Belluno, per la convenzione.'],
    ['a telephone that is spoken of', 'Inviato da noi in data 3 marzo, il modello è questo.\n\nGrazie.'],
    ['a date in a sentence', 'In data 3 marzo 2026 la Provincia ha scritto\nai Comuni.'],
  ])('is kept where it is %s', (_, text) => {
    expect(stripQuotes(text)).toBe(text);
  });

  it('is nothing where all is quoted', () => {
    expect(stripQuotes(`Il 25/11/26 10:15, Pi.Co. ha scritto:\n> ${OURS}\n`)).toBe('');
  });

  it('is found at once in a text made to be slow', () => {
    const slow = [`Il ${'giorno '.repeat(30_000)}`, 'Da: x\n'.repeat(20_000), '> '.repeat(50_000), `${'_'.repeat(100_000)}\n`, 'Il 1\n'.repeat(30_000)].join('\n');
    const begun = performance.now();
    stripQuotes(slow);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it.each([
    ['Gmail', `<div dir="ltr">Da noi il <b>dirigente</b>.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Il giorno mer 25 nov 2026 alle ore 10:15 Pi.Co. ha scritto:<br></div><blockquote class="gmail_quote">${OURS}</blockquote></div>`],
    ['Outlook on the web', `<html><head><style>p{color:red}</style></head><body><div>Da noi il <b>dirigente</b>.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Da:</b> Pi.Co.<br><b>Inviato:</b> ieri</div><div>${OURS}</div></body></html>`],
    ['Outlook on the desk', `<body><p class="MsoNormal">Da noi il <b>dirigente</b>.<o:p></o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Da:</b> Pi.Co.</p></div></div><p>${OURS}</p></body>`],
    ['Apple Mail', `<body><div>Da noi il <b>dirigente</b>.</div><div><br><blockquote type="cite"><div>Il giorno 25 nov 2026, alle ore 10:15, Pi.Co. ha scritto:</div>${OURS}</blockquote></div></body>`],
    ['Thunderbird', `<body><p>Da noi il <b>dirigente</b>.</p><div class="moz-cite-prefix">Il 25/11/26 10:15, Pi.Co. ha scritto:<br></div><blockquote type="cite" cite="mid:1">${OURS}</blockquote></body>`],
    ['a program that marks nothing', `<p>Da noi il <b>dirigente</b>.</p><p>Il giorno 25 nov 2026, alle ore 10:15, Pi.Co. ha scritto:</p><p>${OURS}</p>`],
  ])('in HTML of %s', (_, html) => {
    expect(htmlOfHtml(html)).toBe('<p>Da noi il <strong>dirigente</strong>.</p>');
  });
});
