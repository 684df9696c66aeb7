import { forbidden } from '../../errors.ts';
import type { Standing } from '../policy.ts';

const LAST_DAY = { it: new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'Europe/Rome' }), en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Rome' }) };

/** The last day of a suspension in words: it ends with the day. */
export function lastDay(until: Date, language: 'it' | 'en'): string {
  return LAST_DAY[language].format(new Date(until.getTime() - 1));
}

/** Nobody writes anything where she is suspended. @throws AppError 403 `writing-suspended` with the last day, in words */
export function requireWriting({ suspended_until: until }: Pick<Standing, 'suspended_until'>): void {
  if (until) throw forbidden('writing-suspended', { until: until.toISOString(), dayIt: lastDay(until, 'it'), dayEn: lastDay(until, 'en') });
}
