import { beyond, FLAG, type FrameHeader, KIND, type Kind, MOST_BYTES, spatialOf } from '../../contract/media-frame.ts';
import { Rhythm } from './pace.ts';

/** Largest group of pictures kept for who comes later. */
const MOST_CACHED = 256 * 1024;
/** A publisher's key frames are asked for so often at most. */
const KEY_EVERY_MS = 1000;
/** Frames a second that no camera makes. */
const MOST_A_SECOND = 150;
const MOST_BYTES_A_SECOND = 4 * 1024 * 1024;
/** A size that has not come for so long has stopped: its publisher's line is too slow for it. */
const STOPPED_MS = 1500;

/** Two groups of pictures of a camera: a key frame is several times as large as the others. */
const WEIGHED_MS = 4000;

interface Weight {
  since: number;
  allSince: number;
  baseSince: number;
  all: number;
  base: number;
}

export interface Layer {
  spatial: number;
  codec: string;
  width: number;
  height: number;
}

/** A decoder's configuration, as the publisher said it. */
export interface Configuration {
  spatial: number;
  config: number;
  decoderConfig: string;
}

export type Refusal = 'forged-track' | 'wrong-kind' | 'unknown-layer' | 'too-large' | 'out-of-order' | 'too-much';

/** What one publisher sends of one kind: her camera in two sizes, her screen, her voice. */
export class Track {
  readonly configurations = new Map<number, Configuration>();
  /** How often a configuration has been told. */
  told = 0;
  /** By spatial layer: the frames since the last key frame, as they go over the wire. */
  private readonly cache = new Map<number, { frames: { wire: Buffer; header: FrameHeader }[]; bytes: number; broken: boolean }>();
  private readonly lastSeq = new Map<number, number>();
  private readonly cameAt = new Map<number, number>();
  private readonly keyAskedAt = new Map<number, number>();
  readonly isVideo: boolean;
  readonly rhythm = new Rhythm();
  /** What flowed when it was last asked: every viewer asks in the same instant. */
  private flowed: { now: number; spatials: readonly number[] } = { now: NaN, spatials: [] };
  private readonly weights = new Map<number, Weight>();
  private second = 0;
  private framesThisSecond = 0;
  private bytesThisSecond = 0;

  constructor(
    readonly id: number,
    readonly kind: Kind,
    readonly personId: string,
    readonly layers: readonly Layer[],
    private readonly askKey: (spatial: number) => void,
  ) {
    this.spatials = layers.map(({ spatial }) => spatial).sort((a, b) => a - b);
    this.isVideo = kind !== 'audio';
  }

  /** The sizes that there are, the smallest first. */
  readonly spatials: readonly number[];

  /** The sizes that come, or have still to come; all of them where none does. */
  flowing(now: number): readonly number[] {
    if (this.flowed.now !== now) {
      const flowing = this.spatials.filter((spatial) => now - (this.cameAt.get(spatial) ?? now) < STOPPED_MS);
      this.flowed = { now, spatials: flowing.length > 0 ? flowing : this.spatials };
    }
    return this.flowed.spatials;
  }

  configure(configuration: Configuration): void {
    this.configurations.set(configuration.spatial, configuration);
    this.told += 1;
  }

  /** Whether a frame may pass. `skip`: its configuration has not been told yet, nobody could decode it. */
  admit(header: FrameHeader, bytes: number, now: number): Refusal | 'skip' | undefined {
    const spatial = this.isVideo ? spatialOf(header.layer) : 0;
    if (header.kind !== KIND[this.kind]) return 'wrong-kind';
    if (!this.layers.some((layer) => layer.spatial === spatial)) return 'unknown-layer';
    if (bytes > MOST_BYTES[KIND[this.kind]]) return 'too-large';
    const last = this.lastSeq.get(spatial);
    if (last !== undefined && beyond(header.seq, last) <= 0) return 'out-of-order';
    if (!this.isWithinRate(bytes, now)) return 'too-much';
    this.lastSeq.set(spatial, header.seq);
    this.cameAt.set(spatial, now);
    this.weigh(spatial, bytes, (header.flags & FLAG.discardable) !== 0, now);
    return this.kind !== 'still' && this.configurations.get(spatial)?.config !== header.config ? 'skip' : undefined;
  }

  /** What a size weighs lately, in bytes a ms; `base`: without its top layer. 0 where nothing has been weighed yet. */
  weight(spatial: number, base: boolean): number {
    const weight = this.weights.get(spatial);
    return weight ? (base ? weight.base : weight.all) : 0;
  }

  private weigh(spatial: number, bytes: number, discardable: boolean, now: number): void {
    const weight = this.weights.get(spatial) ?? { since: now, allSince: 0, baseSince: 0, all: 0, base: 0 };
    this.weights.set(spatial, weight);
    const lasted = now - weight.since;
    if (lasted >= WEIGHED_MS) Object.assign(weight, { since: now, all: weight.allSince / lasted, base: weight.baseSince / lasted, allSince: 0, baseSince: 0 });
    weight.allSince += bytes;
    if (!discardable) weight.baseSince += bytes;
  }

  /** Keeps what who comes later must decode first. */
  keep(header: FrameHeader, wire: Buffer): void {
    // A still picture is asked for when somebody wants one
    if (!this.isVideo || this.kind === 'still') return;
    const spatial = spatialOf(header.layer);
    const isKey = (header.flags & FLAG.key) !== 0;
    const cached = isKey ? { frames: [], bytes: 0, broken: false } : this.cache.get(spatial);
    if (!cached) return;
    cached.bytes += wire.byteLength;
    // A long group is not kept: who comes later asks for a new one. A single key frame always is.
    if (!isKey && cached.bytes > MOST_CACHED) {
      cached.frames = [];
      cached.broken = true;
    }
    if (!cached.broken) cached.frames.push({ wire, header });
    this.cache.set(spatial, cached);
  }

  cached(spatial: number): readonly { wire: Buffer; header: FrameHeader }[] {
    return this.cache.get(spatial)?.frames ?? [];
  }

  /** Asks the publisher for a key frame; many viewers at once are one question. */
  wantKey(spatial: number, now: number): void {
    if (now - (this.keyAskedAt.get(spatial) ?? -Infinity) < KEY_EVERY_MS) return;
    this.keyAskedAt.set(spatial, now);
    this.askKey(spatial);
  }

  private isWithinRate(bytes: number, now: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.second) [this.second, this.framesThisSecond, this.bytesThisSecond] = [second, 0, 0];
    this.framesThisSecond += 1;
    this.bytesThisSecond += bytes;
    return this.framesThisSecond <= MOST_A_SECOND && this.bytesThisSecond <= MOST_BYTES_A_SECOND;
  }
}
