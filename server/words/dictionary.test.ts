import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { ask } from './ask.ts';
import { DICTIONARY, formsOf, saidOf } from './dictionary.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

const parsed = async (texts: string[]) => (await database().raw<{ rows: { query: string }[] }>(`select websearch_to_tsquery('italian_plain', t)::text as query from unnest(?::text[]) with ordinality x (t, i) order by i`, [texts])).rows.map(({ query }) => query);

describe('the dictionary', () => {
  it('has names that PostgreSQL can look for, each told apart from the others of its entry, and none in two entries', async () => {
    expect(DICTIONARY.length).toBeGreaterThanOrEqual(60);
    const wrong: string[] = [];
    for (const { terms, from, capitals } of DICTIONARY) {
      const queries = await parsed(terms.map((names) => `"${saidOf(names).replaceAll('’', "'")}"`));
      // Only what is marked as a word like any other may be one that no index keeps
      if (from === '' || queries.filter((query) => query === '').length > (capitals ? 1 : 0) || new Set(queries).size < terms.length) wrong.push(`${terms.join(', ')}: ${queries.join(', ')}`);
    }
    expect(wrong).toEqual([]);
    const forms = DICTIONARY.flatMap(({ terms }) => terms.flatMap(formsOf)).map((form) => form.toLowerCase());
    expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([]);
  });

  it('finds by each form what its first form is found in: they are the same to the stemmer, or one is part of the other', async () => {
    const forms = DICTIONARY.flatMap(({ terms }) => terms.flatMap((names) => formsOf(names).slice(1).map((form) => [form, saidOf(names)] as const)));
    const { rows } = await database().raw<{ rows: { form: string; first: string }[] }>(
      `select form, first from unnest(?::text[], ?::text[]) x (form, first)
        where not (to_tsvector('italian_plain', first) @@ plainto_tsquery('italian_plain', form) or to_tsvector('italian_plain', form) @@ plainto_tsquery('italian_plain', first))`,
      [forms.map(([form]) => form.replaceAll('’', "'")), forms.map(([, first]) => first.replaceAll('’', "'"))],
    );
    expect(rows).toEqual([]);
  });

  it('is recognised by each of its forms', () => {
    for (const { terms } of DICTIONARY) {
      for (const form of terms.flatMap(formsOf)) expect([form, ask(form).also.length]).toEqual([form, terms.length - 1]);
    }
  });

  it('makes questions that PostgreSQL understands as they are meant', async () => {
    const [alone, joined, excluded] = await parsed([ask('nomina del RUP').text, ask('delibere RUP -"in house"').text, ask('convenzione -RUP').text]);
    expect(alone).toBe("'nomin' & 'rup' | 'nomin' & 'respons' <-> 'unic' <2> 'progett' | 'nomin' & 'respons' <-> 'unic' <2> 'proced'");
    expect(joined?.split(' | ')).toHaveLength(12);
    expect(joined?.split(' | ').every((way) => way.includes("!( 'hous'") || way.includes("!'hous'"))).toBe(true);
    expect(excluded).toBe("'convenzion' & !'rup'");
  });
});
