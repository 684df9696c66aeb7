/** Somebody looks at the clock at least so often while there is a room. */
export const LOOKED_AT_MS = 100;
/** A loop that comes so much later stood still. */
const STOOD_STILL_MS = 200;

/**
 * The time by which lines are judged, in ms: it does not go on while this process itself stands still. Else a pause of its own of a second would look as if every line
 * had been slow for a second, and everybody would lose the picture and what was said.
 */
export class LineClock {
  private lost = 0;
  private looked: number;

  constructor(private readonly real: () => number = () => performance.now()) {
    this.looked = real();
  }

  now(): number {
    const real = this.real();
    const gap = real - this.looked;
    if (gap > LOOKED_AT_MS + STOOD_STILL_MS) this.lost += gap - LOOKED_AT_MS;
    this.looked = real;
    return real - this.lost;
  }
}

const clock = new LineClock();

/** The same for all rooms of this process. */
export const lineNow = (): number => clock.now();
