import type { Acknowledgement } from '../../contract/media-frame.ts';

/** More frames than any viewer may have on the way: 1024 are some 13 s. */
const PLACES = 1024;
const MASK = PLACES - 1;
/** What is noted of each, side by side: a room of a thousand comes by here in every round, and each row of memory that it touches is a wait. */
const FIELDS = 4;
const [SEQ, SENT_AT, BYTES, TRACK] = [0, 1, 2, 3] as const;
/** Parts of a ms in which the time of sending is noted; the count begins again after some 74 hours, which only differences see. */
const TICKS = 16;
const SPATIAL_BITS = 8;

const ticksOf = (now: number): number => Math.round(now * TICKS) >>> 0;

/** What has been written to one viewer and not yet acknowledged, in the order of writing: a ring without allocation, because each frame of each viewer passes here. */
export class Way {
  private readonly rows = new Uint32Array(PLACES * FIELDS);
  private first = 0;
  private next = 0;
  /** Bytes on the way. */
  inflight = 0;

  get isFull(): boolean {
    return this.next - this.first >= PLACES;
  }

  get isEmpty(): boolean {
    return this.next === this.first;
  }

  sent(track: number, spatial: number, seq: number, bytes: number, now: number): void {
    const at = (this.next & MASK) * FIELDS;
    this.rows[at + SEQ] = seq;
    this.rows[at + SENT_AT] = ticksOf(now);
    this.rows[at + BYTES] = bytes;
    this.rows[at + TRACK] = (track << SPATIAL_BITS) | spatial;
    this.inflight += bytes;
    this.next += 1;
  }

  /** TCP keeps the order: with the newest that arrived, everything before it did. @returns the round trip in ms of the newest; undefined where nothing new arrived. */
  arrived({ received }: Acknowledgement, now: number): number | undefined {
    for (let i = this.next - 1; i >= this.first; i -= 1) {
      const at = (i & MASK) * FIELDS;
      const [seq, which] = [this.rows[at + SEQ], this.rows[at + TRACK]];
      if (!received.some((row) => row.seq === seq && ((row.track << SPATIAL_BITS) | row.spatial) === which)) continue;
      const trip = this.since(i, now);
      for (; this.first <= i; this.first += 1) this.inflight -= this.rows[(this.first & MASK) * FIELDS + BYTES] ?? 0;
      return trip;
    }
    return undefined;
  }

  /** The age in ms of the oldest that has not arrived. */
  lag(now: number): number {
    return this.isEmpty ? 0 : this.since(this.first, now);
  }

  private since(place: number, now: number): number {
    // As a signed difference: what was sent a moment after this one was taken is not 74 hours old
    return Math.max(0, (ticksOf(now) - (this.rows[(place & MASK) * FIELDS + SENT_AT] ?? 0)) | 0) / TICKS;
  }
}
