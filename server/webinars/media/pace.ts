/** Longer than this nothing waits for company: the whole way has 20 ms. */
const LONGEST_WAIT_MS = 10;
const LONGEST_BETWEEN_MS = 100;
/** Rounds, or arrivals. */
const LATELY = 8;
/** What comes so soon after another of its track belongs to it: the sizes of one picture, or what a line has held back. */
const TOGETHER_MS = 2;
/** A line brings nothing to the millisecond. */
const LATE_MS = 2;

/** When something that comes again and again comes next, as it came lately. */
export class Rhythm {
  private at: number | undefined;
  private everyMs: number | undefined;

  came(now: number): void {
    const before = this.at;
    if (before !== undefined && now - before < TOGETHER_MS) return;
    this.at = now;
    if (before === undefined) return;
    // A pause is no rhythm
    const gap = Math.min(LONGEST_BETWEEN_MS, now - before);
    this.everyMs = this.everyMs === undefined ? gap : this.everyMs + (gap - this.everyMs) / LATELY;
  }

  /** undefined: it has not come often enough to know. */
  get next(): number | undefined {
    return this.at === undefined || this.everyMs === undefined ? undefined : this.at + this.everyMs;
  }
}

/** How long what has come waits for what comes soon, so that both go out in one round: the busier a room is with its rounds, the longer. A small one does not wait. */
export class Pace {
  /** How long it takes to write to everybody, and from one time to the next, lately. */
  private takesMs = 0;
  private everyMs = LONGEST_BETWEEN_MS;
  private beganAt = 0;

  /** A round has been made. */
  took(began: number, ended: number): void {
    this.takesMs += (ended - began - this.takesMs) / LATELY;
    // A pause of a quarter of an hour must not count for an hour
    this.everyMs += (Math.min(LONGEST_BETWEEN_MS, began - this.beganAt) - this.everyMs) / LATELY;
    this.beganAt = began;
  }

  /** @param since when the first came that waits. @param rhythms of all that may come. @returns ms from now; 0: nothing is about to come for which it is worth waiting. */
  wait(since: number, rhythms: Iterable<Rhythm>, now: number): number {
    const patience = since + Math.min(LONGEST_WAIT_MS, this.takesMs * (this.takesMs / this.everyMs));
    let until = now;
    for (const { next } of rhythms) if (next !== undefined && next + LATE_MS > now && next <= patience) until = Math.max(until, Math.min(patience, next + LATE_MS));
    return until - now;
  }
}
