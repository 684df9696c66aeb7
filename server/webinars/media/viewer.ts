import { type Acknowledgement, FLAG, type FrameHeader, spatialOf } from '../../contract/media-frame.ts';
import { Ladder, RUNG, SILENT_MS } from './ladder.ts';
import type { Configuration, Track } from './track.ts';
import { Way } from './way.ts';

/** Where a viewer's frames go: written now or not at all, nothing is queued here. */
export interface Outlet {
  write(wire: Buffer): void;
  /** The reliable side: what must be known before a frame can be decoded. */
  configure(track: number, configuration: Configuration): void;
  rung(rung: number): void;
  close(reason: string): void;
}

interface Watching {
  track: Track;
  mostSpatial: number;
  /** The size that is being sent; undefined until a key frame of some size has been. */
  spatial: number | undefined;
  configured: Map<number, number>;
}

/** How often a viewer acknowledges: until then a frame that has arrived looks as if it had not. */
const ACKNOWLEDGED_EVERY_MS = 200;
/** The quickest round trip is forgotten slowly, because lines change. */
const FORGET_MS = 1;

/** Bytes on the way to a viewer, at least, before video waits. */
const LEAST_WINDOW = 64 * 1024;
const WINDOW_TRIPS = 1.5;
/** Behind this, even the oldest sound is of no use: only the newest is sent. */
const SOUND_WINDOW_MS = 1500;
/** What 530 kbit/s weigh, until we have seen what is sent. */
const FIRST_RATE = 66;

/** Decides for one viewer, frame by frame, what is written. */
export class Viewer {
  private readonly way = new Way();
  private readonly ladder: Ladder;
  private readonly watching = new Map<number, Watching>();
  private heardAt: number;
  private trip = 100;
  /** The quickest lately: a line without a queue. */
  private quickest = 60;
  /** Bytes a millisecond written lately. */
  private rate = FIRST_RATE;
  private writtenSince = 0;
  private rateAt: number;

  constructor(private readonly outlet: Outlet, now: number) {
    this.ladder = new Ladder(now);
    this.heardAt = now;
    this.rateAt = now;
  }

  get rung(): number {
    return this.ladder.rung;
  }

  /** Begins with what is kept of the smallest picture, so that there is something to see at once. */
  watch(track: Track, mostSpatial: number, now: number): void {
    // Asked again it changes how large a picture may be, and sends nothing again
    const before = this.watching.get(track.id);
    if (before) {
      before.mostSpatial = mostSpatial;
      return;
    }
    const watching: Watching = { track, mostSpatial, spatial: undefined, configured: new Map() };
    this.watching.set(track.id, watching);
    if (!track.isVideo) return;
    const smallest = track.spatials[0] ?? 0;
    const cached = track.cached(smallest);
    if (this.ladder.rung >= RUNG.still) return;
    if (cached.length === 0) track.wantKey(smallest, now);
    for (const { wire, header } of cached) if (!this.way.isFull) this.write(watching, header, smallest, wire, now);
    // A group that did not go whole cannot be gone on with
    if (cached.length > 0 && !this.way.isFull) watching.spatial = smallest;
  }

  leave(trackId: number): void {
    this.watching.delete(trackId);
  }

  frame(track: Track, header: FrameHeader, wire: Buffer, now: number): void {
    const watching = this.watching.get(track.id);
    if (!watching) return;
    if (!track.isVideo) {
      if (this.way.isFull) return;
      if (this.lag(now) < SOUND_WINDOW_MS || this.way.inflight < LEAST_WINDOW / 8) this.write(watching, header, 0, wire, now);
      return;
    }
    const spatial = spatialOf(header.layer);
    if (!this.wants(watching, header, spatial, now)) return;
    if (this.way.inflight > Math.max(LEAST_WINDOW, WINDOW_TRIPS * this.rate * this.trip) || this.way.isFull) {
      // What is skipped leaves a hole that only a key frame closes
      watching.spatial = undefined;
      return;
    }
    watching.spatial = spatial;
    this.write(watching, header, spatial, wire, now);
  }

  acknowledge(ack: Acknowledgement, now: number): void {
    this.ladder.wanted = ack.rung;
    const trip = this.way.arrived(ack, now);
    if (trip !== undefined || this.way.isEmpty) this.heardAt = now;
    if (trip !== undefined) {
      this.trip += (trip - this.trip) / 8;
      this.quickest = Math.min(trip, this.quickest + FORGET_MS);
    }
    this.look(now);
  }

  /** Looks at how late this viewer is; called now and then, also where nothing is heard from her. @returns false: she was given up. */
  look(now: number): boolean {
    if (now - this.rateAt >= 1000) {
      this.rate += (this.writtenSince / (now - this.rateAt) - this.rate) / 4;
      [this.writtenSince, this.rateAt] = [0, now];
    }
    // Who was sent nothing had nothing to say
    if (Math.min(now - this.heardAt, this.way.lag(now)) > SILENT_MS) {
      this.outlet.close('silent');
      return false;
    }
    const before = this.ladder.rung;
    if (!this.ladder.observe(now, this.lag(now))) return true;
    this.outlet.rung(this.ladder.rung);
    for (const watching of this.watching.values()) this.turn(watching, before, now);
    return true;
  }

  /** How long the oldest frame has waited beyond what it takes on a free line. */
  private lag(now: number): number {
    return Math.max(0, this.way.lag(now) - ACKNOWLEDGED_EVERY_MS - this.quickest);
  }

  /** After a change of rung: what is no longer wanted ends, what is begins with a key frame. */
  private turn(watching: Watching, before: number, now: number): void {
    if (!watching.track.isVideo) return;
    if (this.ladder.rung >= RUNG.still) watching.spatial = undefined;
    else if (before >= RUNG.still || this.target(watching, now) !== watching.spatial) watching.track.wantKey(this.target(watching, now), now);
  }

  /** The size that this viewer should get. */
  private target({ track, mostSpatial }: Watching, now: number): number {
    const possible = track.flowing(now).filter((spatial) => spatial <= mostSpatial);
    return (this.ladder.rung >= RUNG.small ? possible[0] : possible.at(-1)) ?? track.spatials[0] ?? 0;
  }

  private wants(watching: Watching, { flags }: FrameHeader, spatial: number, now: number): boolean {
    if (this.ladder.rung >= RUNG.still) return watching.track.kind === 'still' && this.ladder.rung === RUNG.still;
    const isKey = (flags & FLAG.key) !== 0;
    const target = this.target(watching, now);
    // Another size, or a beginning: only with a key frame
    if (spatial !== watching.spatial) {
      // At first a camera sends one every two seconds anyway, a screen only when asked; who has seen another size has waited long enough
      if (!isKey && (watching.spatial === undefined ? watching.track.kind === 'screen' : spatial === target)) watching.track.wantKey(target, now);
      return isKey && (spatial === target || watching.spatial === undefined);
    }
    if (spatial !== target) watching.track.wantKey(target, now);
    return isKey || this.ladder.rung < RUNG.noTopLayer || (flags & FLAG.discardable) === 0;
  }

  private write(watching: Watching, { track, seq }: FrameHeader, spatial: number, wire: Buffer, now: number): void {
    const configuration = watching.track.configurations.get(spatial);
    if (configuration && watching.configured.get(spatial) !== configuration.config) {
      watching.configured.set(spatial, configuration.config);
      this.outlet.configure(track, configuration);
    }
    this.way.sent(track, spatial, seq, wire.byteLength, now);
    this.writtenSince += wire.byteLength;
    this.outlet.write(wire);
  }
}
