import { DateTime } from 'luxon';

const ZONE = 'Europe/Rome';

/** The moment at which the clocks of Rome show this; undefined for an hour that they skip in March. Of an hour that they show twice in October, the first. */
export function romeMoment(day: string, time: string): Date | undefined {
  const local = DateTime.fromISO(`${day}T${time}`, { zone: ZONE });
  if (local.toFormat("yyyy-MM-dd'T'HH:mm") !== `${day}T${time}`) return undefined;
  const [first] = local.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return (first ?? local).toJSDate();
}

/** Day and hour in Rome, as a form shows them. */
export function romeFields(moment: Date): { day: string; time: string } {
  const local = DateTime.fromJSDate(moment, { zone: ZONE });
  return { day: local.toFormat('yyyy-MM-dd'), time: local.toFormat('HH:mm') };
}

/** The same day of the week, so many weeks later. */
export const weeksLater = (day: string, weeks: number): string => DateTime.fromISO(day, { zone: 'utc' }).plus({ weeks }).toFormat('yyyy-MM-dd');
