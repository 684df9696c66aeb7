/** The time of every rule (deadlines, pauses, seats): one place, so that a test can move it. */
let offsetMs = 0;

export const clock = {
  now: (): Date => new Date(Date.now() + offsetMs),
  /** For tests only: moves the clock of this process forward. */
  advance: (ms: number): void => {
    offsetMs += ms;
  },
  reset: (): void => {
    offsetMs = 0;
  },
};

const ROME_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day of a moment in Europe/Rome, `2026-11-24`. */
export function romeDay(moment: Date = clock.now()): string {
  return ROME_DAY.format(moment);
}
