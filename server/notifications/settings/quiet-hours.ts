import type { NotificationSettings } from '../../contract/notifications.ts';

const ROME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY_MS = 24 * 3_600_000;

type Quiet = Pick<NotificationSettings, 'quiet' | 'quietWeekends'>;

/** The clock on a wall in Rome, as if it were UTC. */
function wallOf(moment: Date): Date {
  const part = Object.fromEntries(ROME.formatToParts(moment).map(({ type, value }) => [type, value]));
  return new Date(`${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}Z`);
}

/** The moment at which that wall clock shows this; in the hour that is there twice, the first; in the one that is not there, when it would have begun. */
function momentOf(wall: Date): Date {
  const guess = new Date(wall.getTime() - (wallOf(wall).getTime() - wall.getTime()));
  return new Date(guess.getTime() - (wallOf(guess).getTime() - wall.getTime()));
}

function isQuiet(wall: Date, { quiet, quietWeekends }: Quiet): boolean {
  if (quietWeekends && [0, 6].includes(wall.getUTCDay())) return true;
  if (!quiet) return false;
  const time = wall.toISOString().slice(11, 16);
  return quiet.from < quiet.until ? time >= quiet.from && time < quiet.until : time >= quiet.from || time < quiet.until;
}

/** When what is quiet now ends, in Rome; null where a mail may leave at once. */
export function quietUntil(settings: Quiet, now: Date): Date | null {
  const wall = wallOf(now);
  if (!isQuiet(wall, settings)) return null;
  // It ends at midnight or at the hour that she chose, on one of the next days
  const day = wall.toISOString().slice(0, 10);
  const ends = [0, 1, 2, 3].flatMap((days) => ['00:00', settings.quiet?.until ?? '00:00'].map((time) => new Date(Date.parse(`${day}T${time}:00Z`) + days * DAY_MS)));
  const end = ends.filter((at) => at > wall && !isQuiet(at, settings)).toSorted((a, b) => a.getTime() - b.getTime())[0];
  return end ? momentOf(end) : null;
}
