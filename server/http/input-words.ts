import { z } from 'zod';
import type { Language } from './actor.ts';

/** What is wrong with a field, as one says it to the person who filled it in. */
interface Words {
  missing: string;
  shortText(least: string): string;
  longText(most: string): string;
  lowNumber(least: string): string;
  highNumber(most: string): string;
  fewItems(least: string): string;
  manyItems(most: string): string;
  number: string;
  wholeNumber: string;
  choice: string;
  email: string;
}

const WORDS: Record<Language, Words> = {
  it: {
    missing: 'Compila questo campo.',
    shortText: (least) => `Scrivi almeno ${least} caratteri.`,
    longText: (most) => `Scrivi al massimo ${most} caratteri.`,
    lowNumber: (least) => `Il valore più basso ammesso è ${least}.`,
    highNumber: (most) => `Il valore più alto ammesso è ${most}.`,
    fewItems: (least) => `Servono almeno ${least} elementi.`,
    manyItems: (most) => `Sono ammessi al massimo ${most} elementi.`,
    number: 'Scrivi un numero.',
    wholeNumber: 'Scrivi un numero intero.',
    choice: 'Scegli una delle voci previste.',
    email: 'Scrivi un indirizzo e-mail valido, come nome.cognome@ente.it.',
  },
  en: {
    missing: 'Fill in this field.',
    shortText: (least) => `Write at least ${least} characters.`,
    longText: (most) => `Write at most ${most} characters.`,
    lowNumber: (least) => `The lowest value allowed is ${least}.`,
    highNumber: (most) => `The highest value allowed is ${most}.`,
    fewItems: (least) => `At least ${least} items are needed.`,
    manyItems: (most) => `At most ${most} items are allowed.`,
    number: 'Write a number.',
    wholeNumber: 'Write a whole number.',
    choice: 'Choose one of the options.',
    email: 'Write a valid e-mail address, like name.surname@body.it.',
  },
};

const LOCALES = { it: z.locales.it().localeError, en: z.locales.en().localeError };

/** The error map of a language: our words for what people get wrong, the library's for what only programs do. */
export const inputWords = (language: Language): z.core.$ZodErrorMap => (issue) => say(WORDS[language], issue) ?? LOCALES[language](issue);

function say(words: Words, issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue;
  if (input === undefined || input === null || (typeof input === 'string' && input.trim() === '' && issue.code !== 'custom')) return words.missing;
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? words.wholeNumber : issue.expected === 'number' ? words.number : undefined;
    case 'too_small':
      return choose(issue.origin, String(issue.minimum), words.shortText, words.fewItems, words.lowNumber);
    case 'too_big':
      return choose(issue.origin, String(issue.maximum), words.longText, words.manyItems, words.highNumber);
    case 'invalid_value':
      return words.choice;
    case 'invalid_format':
      return issue.format === 'email' ? words.email : undefined;
    default:
      return undefined;
  }
}

type Say = (bound: string) => string;
function choose(origin: string, bound: string, text: Say, items: Say, amount: Say): string {
  return origin === 'string' ? text(bound) : origin === 'array' || origin === 'set' ? items(bound) : amount(bound);
}
