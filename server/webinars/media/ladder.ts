/**
 * How much of the picture one viewer gets. Going down is immediate, going up one rung at a time and ever more slowly after a climb that
 * failed. Without it a slow connection falls further and further behind: TCP queues what it cannot deliver.
 */
export const RUNG = { everything: 0, noTopLayer: 1, small: 2, still: 3, sound: 4 } as const;

const SMOOTH_MS = 250;
const LATE_MS = 400;
/** Video comes back only where the way has been clear for so long. */
const CLEAR_MS = 300;
const CLEAR_FOR_MS = 2000;
const SOUND_ONLY_MS = 1500;
/** The viewer is gone: the connection is closed, and comes back by itself. */
export const SILENT_MS = 8000;
const CLIMB_AFTER_MS = 5000;
const LONGEST_CLIMB_MS = 80_000;
/** A fall so soon after a climb means that the climb was wrong. */
const FAILED_WITHIN_MS = 6000;

export class Ladder {
  rung: number = RUNG.everything;
  /** What the viewer herself wants at least: «stay on low». */
  wanted: number = RUNG.everything;
  private climbAfter = CLIMB_AFTER_MS;
  private climbedAt = -Infinity;
  private steadySince: number;
  private clearSince: number | undefined;

  constructor(now: number) {
    this.steadySince = now;
  }

  /**
   * @param lag by how many ms the oldest frame on the way is later than on a free line; 0 where she has them all.
   * @param bears whether the line may be wide enough for a rung: to one that it is known not to bear nobody climbs, however clear the way is.
   * @returns whether the rung changed.
   */
  observe(now: number, lag: number, bears: (rung: number) => boolean = () => true): boolean {
    const before = this.rung;
    const low = lag > SOUND_ONLY_MS ? RUNG.sound : lag > LATE_MS ? RUNG.still : lag > (SMOOTH_MS + LATE_MS) / 2 ? Math.max(this.rung, RUNG.small) : lag > SMOOTH_MS ? Math.max(this.rung, RUNG.noTopLayer) : 0;
    if (lag > CLEAR_MS) this.clearSince = undefined;
    else this.clearSince ??= now;
    const lowest = Math.max(low, this.wanted);
    if (lowest > this.rung) this.fall(now, lowest);
    else if (this.rung > this.wanted && lag <= SMOOTH_MS) this.climb(now, bears);
    else if (lag > SMOOTH_MS) this.steadySince = now;
    return this.rung !== before;
  }

  private fall(now: number, rung: number): void {
    if (now - this.climbedAt < FAILED_WITHIN_MS) this.climbAfter = Math.min(LONGEST_CLIMB_MS, this.climbAfter * 2);
    this.rung = rung;
    this.steadySince = now;
  }

  private climb(now: number, bears: (rung: number) => boolean): void {
    // The picture itself comes back as soon as the way is clear; a better one must be earned
    const backToVideo = this.rung >= RUNG.still;
    const clear = this.clearSince !== undefined && now - this.clearSince >= CLEAR_FOR_MS;
    if (backToVideo ? !clear : now - this.steadySince < this.climbAfter) return;
    if (!bears(Math.max(this.wanted, backToVideo ? RUNG.small : this.rung - 1))) return;
    if (now - this.climbedAt > LONGEST_CLIMB_MS) this.climbAfter = CLIMB_AFTER_MS;
    this.rung = Math.max(this.wanted, backToVideo ? RUNG.small : this.rung - 1);
    if (!backToVideo) this.climbedAt = now;
    this.steadySince = now;
  }
}
