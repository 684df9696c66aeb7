import type { Readable } from 'node:stream';
import { FLAG, type FrameHeader, payloadOf, spatialOf, unbundle } from '../../contract/media-frame.ts';
import { log } from '../../http/log.ts';
import { lineNow } from '../media/line-clock.ts';
import type { Tap } from '../media/tap.ts';
import type { Track } from '../media/track.ts';
import { messageOf } from '../media/web-socket-frame.ts';
import { opusMicroseconds, SILENCE, SILENCE_US } from '../recording/opus.ts';
import { LiveBody } from './live-body.ts';
import { type Content, NOTHING, WebmBlocks, webmHead } from './webm.ts';

/** So late a picture waits for a key frame, and takes one when hardly anything waits. */
const PICTURE_LATE_MS = 2000;
const PICTURE_BEGINS_MS = 500;
/** So late a voice begins anew with what is said now: who waits for the others to answer must not hear the question first. */
const VOICE_LATE_MS = 5000;
/** A voice that was away longer than this goes on where it is: nobody fills minutes. */
const LONGEST_FILLED_US = 10_000_000;
/** A clock that leaps so far is another one: the stream ends, and a new one begins with it. */
const LEAP_MS = 60_000;

/** What a track is in WebM; undefined: WebM does not carry it. */
export function contentOf({ kind, layers }: Pick<Track, 'kind' | 'layers'>): Content | undefined {
  if (kind === 'audio') return { codec: 'A_OPUS' };
  const { codec = '', width = 0, height = 0 } = layers.at(-1) ?? {};
  const named = kind === 'still' ? undefined : codec === 'vp8' ? 'V_VP8' : codec.startsWith('vp09') ? 'V_VP9' : undefined;
  return named && { codec: named, width: width || 640, height: height || 360 };
}

/**
 * One track of a room, for a browser that decodes nothing itself: WebM over HTTP, from now until the track ends. Voice and picture are streams of their own on one clock,
 * so that no voice waits for a picture that does not come. It is a tap of the room: a line that does not keep up loses pictures, and delays nobody else.
 */
export class RemuxedStream implements Tap {
  private readonly body: LiveBody;
  private readonly blocks = new WebmBlocks();
  /** The size that goes out; undefined: none until its next key frame. */
  private spatial: number | undefined;
  /** The largest size that this line is given. */
  private target: number;
  /** Where the sound's next packet should begin. */
  private soundUs: number | undefined;
  private lastMs: number | undefined;

  /** @param content as `contentOf` says. @param originMs the moment, ms since the epoch, from which the room's streams count. @param now the time by which lines are judged. */
  constructor(private readonly own: Track, content: Content, private readonly originMs: number, private readonly now: () => number = lineNow) {
    // Between two blocks of a cluster
    this.body = new LiveBody(now, () => (this.lastMs === undefined ? undefined : NOTHING));
    this.target = own.spatials.at(-1) ?? 0;
    this.body.push(webmHead(content));
    if (own.isVideo) this.begin();
  }

  get readable(): Readable {
    return this.body.readable;
  }

  track(): void {}
  configuration(): void {}

  frame(track: Track, header: FrameHeader, frame: Uint8Array): void {
    if (track !== this.own || !this.body.isOpen) return;
    if (track.isVideo) this.show(header, payloadOf(frame));
    else this.say(header, payloadOf(frame));
  }

  end(track: number): void {
    if (track === this.own.id) this.finish();
  }

  broken(error: unknown): void {
    log.error({ err: error, track: this.own.id }, 'a track could not be remuxed');
    this.body.giveUp();
  }

  /** What was sent still arrives, if somebody reads it. */
  finish(): void {
    this.body.finish();
  }

  /** With what is kept, as everybody who comes later: on a screen on which nothing moves it is all that there is. */
  private begin(): void {
    const kept = this.own.cached(this.target);
    for (const { header, wire } of kept) this.write(header.pts, (header.flags & FLAG.key) !== 0, payloadOf(messageOf(wire)));
    if (kept.length > 0) this.spatial = this.target;
    else this.own.wantKey(this.target, this.now());
  }

  private show({ layer, flags, pts }: FrameHeader, bytes: Uint8Array): void {
    const spatial = spatialOf(layer);
    const isKey = (flags & FLAG.key) !== 0;
    const late = this.body.lateMs;
    if (late > PICTURE_LATE_MS) {
      this.spatial = undefined;
      // Who could not follow the large one does not try again
      this.target = this.own.spatials[0] ?? 0;
    }
    const now = this.now();
    const flowing = this.own.flowing(now);
    const wanted = flowing.findLast((size) => size <= this.target) ?? flowing[0] ?? 0;
    if (this.spatial !== wanted && spatial === wanted && late < PICTURE_BEGINS_MS) {
      if (isKey) this.spatial = wanted;
      else this.own.wantKey(wanted, now);
    }
    if (spatial === this.spatial) this.write(pts, isKey, bytes);
  }

  private say({ flags, pts }: FrameHeader, bytes: Uint8Array): void {
    if (this.body.lateMs > VOICE_LATE_MS) return this.body.giveUp();
    const packets = (flags & FLAG.bundle) !== 0 ? unbundle(bytes) : [bytes];
    let at = this.filled(pts);
    for (const packet of packets ?? []) {
      const length = opusMicroseconds(packet);
      if (length === 0) continue;
      this.write(at, true, packet);
      at += length;
    }
    this.soundUs = at;
  }

  /** Silence for what did not come, packet by packet: a player stops before a hole. @returns where the sound goes on. */
  private filled(pts: number): number {
    const { soundUs } = this;
    if (soundUs === undefined || pts - soundUs > LONGEST_FILLED_US) return pts;
    let at = soundUs;
    for (; pts - at >= SILENCE_US; at += SILENCE_US) this.write(at, true, SILENCE);
    // Less than a packet is missing, or it overlaps: moved by that much nobody hears it; by more it is another clock
    return Math.abs(pts - at) < SILENCE_US ? Math.max(pts, at) : pts;
  }

  private write(pts: number, isKey: boolean, bytes: Uint8Array): void {
    const ms = Math.round(pts / 1000) - this.originMs;
    const last = this.lastMs ?? ms;
    if (ms < 0 || Math.abs(ms - last) > LEAP_MS) return this.finish();
    this.lastMs = Math.max(last, ms);
    this.body.push(this.blocks.block(this.lastMs, isKey, bytes));
  }
}
