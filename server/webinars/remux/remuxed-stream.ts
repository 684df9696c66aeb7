import { Readable } from 'node:stream';
import { FLAG, type FrameHeader, payloadOf, spatialOf, unbundle } from '../../contract/media-frame.ts';
import { lineNow } from '../media/line-clock.ts';
import type { Tap } from '../media/tap.ts';
import type { Track } from '../media/track.ts';
import { opusMicroseconds, SILENCE, SILENCE_US } from '../recording/opus.ts';
import { PICTURE, SOUND, WebmBlocks, webmHead, type Picture } from './webm.ts';

/** So much waits for a slow line before its picture waits for a key frame; more than the last, and nobody reads. */
const PICTURE_WAITS_BYTES = 192 * 1024;
const MOST_WAITING_BYTES = 1024 * 1024;
/** What is so much behind the other track has paused: nothing waits for it, and silence stands for a sound. */
const PAUSED_US = 300_000;
/** A voice that was away longer than this goes on where it is: nobody fills minutes. */
const LONGEST_FILLED_US = 10_000_000;
/** The first block is at this place: before 0 nothing can be. */
const BEGIN_MS = 1000;

/** The codec's name in WebM; undefined: no picture that WebM carries. */
export const webmCodec = (track: Track): Picture['codec'] | undefined => {
  const codec = track.layers[0]?.codec ?? '';
  return codec === 'vp8' ? 'V_VP8' : codec.startsWith('vp09') ? 'V_VP9' : undefined;
};

/**
 * What one person sends, for a browser that decodes nothing itself: one stream of WebM over HTTP, from now until a track of it ends. It is a tap of the room: a line
 * that does not keep up loses pictures first, and delays nobody else.
 */
export class RemuxedStream implements Tap {
  readonly body = new Readable({ read: () => undefined });
  private readonly blocks = new WebmBlocks();
  private readonly sizes: readonly number[];
  /** The size that goes out; undefined: none until its next key frame. */
  private spatial: number | undefined;
  private target: number;
  private originUs: number | undefined;
  /** Where the sound's next packet should begin. */
  private soundUs: number | undefined;
  /** In the order of their moments. */
  private readonly waiting: { track: number; pts: number; isKey: boolean; bytes: Uint8Array }[] = [];
  private readonly newestUs: Record<number, number> = {};
  private lastMs = 0;
  private isOver = false;

  /** @param picture its codec is one of `webmCodec`. */
  constructor(private readonly picture: Track | undefined, private readonly sound: Track | undefined) {
    this.sizes = picture?.spatials ?? [];
    this.target = this.sizes.at(-1) ?? 0;
    const codec = picture && webmCodec(picture);
    const layer = picture?.layers.find(({ spatial }) => spatial === this.target);
    this.body.push(webmHead(codec && { codec, width: layer?.width || 640, height: layer?.height || 360 }, sound !== undefined));
    picture?.wantKey(this.target, lineNow());
  }

  track(): void {}
  configuration(): void {}

  frame(track: Track, header: FrameHeader, frame: Uint8Array): void {
    if (this.isOver || this.body.destroyed) return;
    if (this.body.readableLength > MOST_WAITING_BYTES) return void this.body.destroy();
    if (track === this.picture) this.show(track, header, payloadOf(frame));
    else if (track === this.sound) this.say(header, payloadOf(frame));
  }

  end(track: number): void {
    if (track === this.picture?.id || track === this.sound?.id) this.finish();
  }

  /** What has been said still arrives. */
  finish(): void {
    if (this.isOver || this.body.destroyed) return;
    this.isOver = true;
    this.pass(Infinity);
    this.body.push(null);
  }

  private show(track: Track, { layer, flags, pts }: FrameHeader, bytes: Uint8Array): void {
    const spatial = spatialOf(layer);
    const isKey = (flags & FLAG.key) !== 0;
    if (this.body.readableLength > PICTURE_WAITS_BYTES) {
      this.spatial = undefined;
      // Who could not follow the large one does not try again
      this.target = this.sizes[0] ?? 0;
    }
    const now = lineNow();
    const wanted = track.flowing(now).findLast((size) => size <= this.target) ?? track.flowing(now)[0] ?? 0;
    if (this.spatial !== wanted) {
      if (isKey && spatial === wanted && this.body.readableLength < PICTURE_WAITS_BYTES / 4) this.spatial = wanted;
      else if (spatial === wanted) track.wantKey(wanted, now);
    }
    if (spatial !== this.spatial) return;
    if (this.soundUs !== undefined && pts - this.soundUs > PAUSED_US) this.fill(pts - PAUSED_US + SILENCE_US);
    this.write(PICTURE, pts, isKey, bytes);
  }

  private say({ flags, pts }: FrameHeader, bytes: Uint8Array): void {
    const packets = (flags & FLAG.bundle) !== 0 ? unbundle(bytes) : [bytes];
    if (this.soundUs !== undefined) this.fill(pts);
    // What was filled already is not said twice
    let at = Math.max(pts, this.soundUs ?? pts);
    for (const packet of packets ?? []) {
      const length = opusMicroseconds(packet);
      if (length === 0) continue;
      this.write(SOUND, at, true, packet);
      at += length;
    }
    this.soundUs = at;
  }

  /** Silence, packet by packet, up to a moment: a player waits for a sound that does not come. */
  private fill(until: number): void {
    let at = this.soundUs ?? until;
    if (until - at > LONGEST_FILLED_US) at = until;
    for (; until - at >= SILENCE_US; at += SILENCE_US) this.write(SOUND, at, true, SILENCE);
    this.soundUs = at;
  }

  /** Browsers want the blocks of both tracks in one order: each waits until the other has come as far, but for no pause. */
  private write(track: number, pts: number, isKey: boolean, bytes: Uint8Array): void {
    this.newestUs[track] = pts;
    const before = this.waiting.findLastIndex((block) => block.pts <= pts);
    this.waiting.splice(before + 1, 0, { track, pts, isKey, bytes });
    const [picture, sound] = [this.newestUs[PICTURE], this.newestUs[SOUND]];
    const isWhole = this.picture === undefined || this.sound === undefined;
    this.pass(isWhole ? pts : Math.max(Math.min(picture ?? -Infinity, sound ?? -Infinity), Math.max(picture ?? -Infinity, sound ?? -Infinity) - PAUSED_US));
  }

  private pass(until: number): void {
    let count = 0;
    for (const { track, pts, isKey, bytes } of this.waiting) {
      if (pts > until) break;
      count += 1;
      this.originUs ??= pts;
      this.lastMs = Math.max(this.lastMs, Math.round((pts - this.originUs) / 1000) + BEGIN_MS);
      this.body.push(this.blocks.block(track, this.lastMs, isKey, bytes));
    }
    this.waiting.splice(0, count);
  }
}
