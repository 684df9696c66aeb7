import type { FrameHeader } from '../../contract/media-frame.ts';
import type { Track } from './track.ts';

/** As many as fit the bits of a small integer. */
const MOST = 24;

export interface Arrived {
  track: Track;
  header: FrameHeader;
  /** The frame as it goes over the wire, the same bytes for every viewer. */
  wire: Buffer;
}

/** What goes to all in one round, to each viewer at once: most of what a large room costs is one system call for each write. */
export class Round {
  private readonly together = new Map<number, Buffer>();

  constructor(readonly frames: readonly Arrived[]) {}

  static isFull(frames: readonly Arrived[]): boolean {
    return frames.length >= MOST;
  }

  /** The bytes of the frames whose bit is set in `taken`, in their order: put together once for all viewers who get the same ones. */
  wire(taken: number): Buffer {
    const known = this.together.get(taken);
    if (known) return known;
    const chosen = this.frames.filter((_, i) => (taken & (1 << i)) !== 0).map(({ wire }) => wire);
    const [first] = chosen;
    const made = chosen.length === 1 && first ? first : Buffer.concat(chosen);
    this.together.set(taken, made);
    return made;
  }
}
