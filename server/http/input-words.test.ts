import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Day } from '../contract/common.ts';
import { inputWords } from './input-words.ts';

const told = (schema: z.ZodType, value: unknown, language: 'it' | 'en' = 'it') => schema.safeParse(value, { error: inputWords(language) }).error?.issues.map(({ message }) => message);

describe('what a form says of a mistake', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a field left empty', z.string().min(5), '', 'Compila questo campo.'],
    ['a field not sent', z.string(), undefined, 'Compila questo campo.'],
    ['a text too short', z.string().min(5), 'abc', 'Scrivi almeno 5 caratteri.'],
    ['a text too long', z.string().max(2), 'abc', 'Scrivi al massimo 2 caratteri.'],
    ['a number too low', z.int().min(1), 0, 'Il valore più basso ammesso è 1.'],
    ['a number too high', z.int().max(3), 4, 'Il valore più alto ammesso è 3.'],
    ['a fraction of a whole', z.int(), 1.5, 'Scrivi un numero intero.'],
    ['no number', z.number(), 'due', 'Scrivi un numero.'],
    ['no such choice', z.enum(['a', 'b']), 'c', 'Scegli una delle voci previste.'],
    ['too many', z.array(z.string()).max(1), ['a', 'b'], 'Sono ammessi al massimo 1 elementi.'],
    ['no address', z.email(), 'anna', 'Scrivi un indirizzo e-mail valido, come nome.cognome@ente.it.'],
  ])('%s', (_name, schema, value, message) => {
    expect(told(schema, value)).toEqual([message]);
  });

  it('speaks English, and leaves a code of ours as it is', () => {
    expect(told(z.string().min(5), 'abc', 'en')).toEqual(['Write at least 5 characters.']);
    expect(told(Day, '')).toEqual(['bad-day']);
  });

  it.each(['2026-02-29', '0000-01-01', '26-01-01', '2026-1-1', '2026-01-01T00:00', ''])('takes %s for no day', (value) => {
    expect(Day.safeParse('2024-02-29').success).toBe(true);
    expect(Day.safeParse(value).success).toBe(false);
  });
});
