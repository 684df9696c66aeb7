import type { Acknowledgement } from '../../contract/media-frame.ts';

/** More frames than any viewer may have on the way: 1024 are some 13 s. */
const PLACES = 1024;
const MASK = PLACES - 1;

/** What has been written to one viewer and not yet acknowledged, in the order of writing: a ring without allocation, because each frame of each viewer passes here. */
export class Way {
  private readonly track = new Uint16Array(PLACES);
  private readonly spatial = new Uint8Array(PLACES);
  private readonly seq = new Uint32Array(PLACES);
  private readonly sentAt = new Float64Array(PLACES);
  private readonly bytes = new Uint32Array(PLACES);
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
    const at = this.next & MASK;
    this.track[at] = track;
    this.spatial[at] = spatial;
    this.seq[at] = seq;
    this.sentAt[at] = now;
    this.bytes[at] = bytes;
    this.inflight += bytes;
    this.next += 1;
  }

  /** TCP keeps the order: with the newest that arrived, everything before it did. @returns the round trip in ms of the newest; undefined where nothing new arrived. */
  arrived({ received }: Acknowledgement, now: number): number | undefined {
    for (let i = this.next - 1; i >= this.first; i -= 1) {
      const at = i & MASK;
      const [track, spatial, seq] = [this.track[at], this.spatial[at], this.seq[at]];
      if (!received.some((row) => row.track === track && row.spatial === spatial && row.seq === seq)) continue;
      const trip = now - (this.sentAt[at] ?? now);
      while (this.first <= i) {
        this.inflight -= this.bytes[this.first & MASK] ?? 0;
        this.first += 1;
      }
      return trip;
    }
    return undefined;
  }

  /** The age in ms of the oldest that has not arrived. */
  lag(now: number): number {
    return this.isEmpty ? 0 : now - (this.sentAt[this.first & MASK] ?? now);
  }
}
