/** Only a line on which something waits shows how wide it is. */
const WAITING_MS = 120;
/** Long enough that acknowledgements, five a second, do not come in lumps. */
const MEASURED_MS = 800;
/** How much of a line may be filled, with what the frames themselves do not weigh: heads, and key frames that come at once. */
const FILLED = 0.95;
/** Lines change: after so long one is tried anew. */
const FORGOTTEN_MS = 60_000;

/** How wide the line to one viewer is, as far as it has shown: what arrives in a while in which more was waiting all the time is all that it bears. */
export class Capacity {
  /** Bytes a ms; undefined: it has never been full lately. */
  private known: number | undefined;
  private knownAt = 0;
  /** The line has been full since this acknowledgement, and so much has arrived after it. */
  private full: { since: number; bytes: number } | undefined;

  /** @param late by how many ms the oldest on the way was late before this arrived. */
  arrived(bytes: number, late: number, now: number): void {
    if (late < WAITING_MS) {
      this.full = undefined;
      return;
    }
    if (!this.full) {
      this.full = { since: now, bytes: 0 };
      return;
    }
    this.full.bytes += bytes;
    const lasted = now - this.full.since;
    if (lasted < MEASURED_MS) return;
    this.known = this.full.bytes / lasted;
    this.knownAt = now;
  }

  /** Whether something of so many bytes a ms may fit. */
  bears(weight: number, now: number): boolean {
    if (this.known === undefined) return true;
    if (now - this.knownAt > FORGOTTEN_MS) {
      this.known = undefined;
      return true;
    }
    return weight <= this.known * FILLED;
  }
}
