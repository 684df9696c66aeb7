import { type Acknowledgement, FLAG, type FrameHeader, spatialOf } from '../../contract/media-frame.ts';
import { Ladder, RUNG, SILENT_MS } from './ladder.ts';
import type { Configuration, Track } from './track.ts';
import { Capacity } from './capacity.ts';
import type { Round } from './round.ts';
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
  /** What was last found to be configured: the track's count, and the size. */
  checkedTold: number;
  checkedSpatial: number;
  /** The still picture of which a part was left out: the others are of no use. */
  brokenStill: number | undefined;
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
/** Later than this even the small picture goes without its top layer. */
const THIN_MS = 120;
/** Who gets still pictures says so often that they are wanted: nobody sends them for nobody. */
const STILL_WANTED_EVERY_MS = 4000;
/** A part of a still picture waits for nothing: it goes where hardly anything is on the way, so that no voice comes later for it. */
const STILL_LATE_MS = 250;
const STILL_WINDOW = 12 * 1024;
/** What 530 kbit/s weigh, until we have seen what is sent. */
const FIRST_RATE = 66;

/** Decides for one viewer, frame by frame, what is written. */
export class Viewer {
  private readonly way = new Way();
  private readonly ladder: Ladder;
  private readonly capacity = new Capacity();
  /** A handful at most, looked through for every frame. */
  private watching: Watching[] = [];
  private heardAt: number;
  private trip = 100;
  /** The quickest lately: a line without a queue. */
  private quickest = 60;
  /** Bytes a millisecond written lately. */
  private rate = FIRST_RATE;
  private writtenSince = 0;
  private rateAt: number;
  private stillWantedAt = -Infinity;

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
    const before = this.watched(track);
    if (before) {
      before.mostSpatial = mostSpatial;
      return;
    }
    const watching: Watching = { track, mostSpatial, spatial: undefined, configured: new Map(), checkedTold: -1, checkedSpatial: -1, brokenStill: undefined };
    this.watching.push(watching);
    if (!track.isVideo) return;
    const smallest = track.spatials[0] ?? 0;
    if (track.kind === 'still') {
      if (this.ladder.rung === RUNG.still) track.wantKey(smallest, now);
      return;
    }
    const cached = track.cached(smallest);
    if (this.ladder.rung >= RUNG.still) return;
    if (cached.length === 0) track.wantKey(smallest, now);
    for (const { wire, header } of cached) {
      if (this.way.isFull) break;
      if (this.isToBeConfigured(watching, smallest)) this.configure(watching, smallest);
      this.note(header, smallest, wire, now);
      this.outlet.write(wire);
    }
    // A group that did not go whole cannot be gone on with
    if (cached.length > 0 && !this.way.isFull) watching.spatial = smallest;
  }

  leave(trackId: number): void {
    this.watching = this.watching.filter(({ track }) => track.id !== trackId);
  }

  /** What goes out in one round: written at once, as far as this viewer gets it. */
  round(round: Round, now: number): void {
    let taken = 0;
    let bit = 1;
    for (const { track, header, wire } of round.frames) {
      const watching = this.watched(track);
      const spatial = watching && this.admits(watching, header, now);
      const own = bit;
      bit <<= 1;
      if (watching === undefined || spatial === undefined) continue;
      if (this.isToBeConfigured(watching, spatial)) {
        // What is told goes another way over the same line: what came before it must be there before it
        if (taken !== 0) this.outlet.write(round.wire(taken));
        taken = 0;
        this.configure(watching, spatial);
      }
      this.note(header, spatial, wire, now);
      taken |= own;
    }
    if (taken !== 0) this.outlet.write(round.wire(taken));
  }

  acknowledge(ack: Acknowledgement, now: number): void {
    this.ladder.wanted = ack.rung;
    const [late, before] = [this.lag(now), this.way.inflight];
    const trip = this.way.arrived(ack, now);
    this.capacity.arrived(before - this.way.inflight, late, now);
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
    if (this.ladder.rung === RUNG.still && now - this.stillWantedAt >= STILL_WANTED_EVERY_MS) this.wantStills(now);
    const before = this.ladder.rung;
    if (!this.ladder.observe(now, this.lag(now), (rung) => this.capacity.bears(this.weight(rung, rung !== RUNG.everything, now), now))) return true;
    this.outlet.rung(this.ladder.rung);
    for (const watching of this.watching) this.adapt(watching, before, now);
    if (this.ladder.rung === RUNG.still) this.wantStills(now);
    return true;
  }

  private wantStills(now: number): void {
    this.stillWantedAt = now;
    for (const { track } of this.watching) if (track.kind === 'still') track.wantKey(track.spatials[0] ?? 0, now);
  }

  /** How long the oldest frame has waited beyond what it takes on a free line. */
  private lag(now: number): number {
    return Math.max(0, this.way.lag(now) - ACKNOWLEDGED_EVERY_MS - this.quickest);
  }

  /** After a change of rung: what is no longer wanted ends, what is begins with a key frame. */
  private adapt(watching: Watching, before: number, now: number): void {
    if (!watching.track.isVideo || watching.track.kind === 'still') return;
    if (this.ladder.rung >= RUNG.still) watching.spatial = undefined;
    else if (before >= RUNG.still || this.target(watching, now) !== watching.spatial) watching.track.wantKey(this.target(watching, now), now);
  }

  /** What a rung weighs, in bytes a ms, with all that this viewer watches; `base`: without the top layers. */
  private weight(rung: number, base: boolean, now: number): number {
    let sum = 0;
    for (const watching of this.watching) if (watching.track.kind !== 'still' || rung === RUNG.still) sum += watching.track.weight(watching.track.isVideo ? this.target(watching, now, rung) : 0, base);
    return sum;
  }

  /** The size that this viewer should get. */
  private target({ track, mostSpatial }: Watching, now: number, rung = this.ladder.rung): number {
    const flowing = track.flowing(now);
    const smallest = flowing[0] ?? 0;
    if (rung < RUNG.small) for (let i = flowing.length - 1; i > 0; i -= 1) if ((flowing[i] ?? 0) <= mostSpatial) return flowing[i] ?? 0;
    return smallest <= mostSpatial ? smallest : (track.spatials[0] ?? 0);
  }

  /** @returns the size of which this frame is, where the viewer gets it. */
  private admits(watching: Watching, header: FrameHeader, now: number): number | undefined {
    if (!watching.track.isVideo) return !this.way.isFull && (this.way.inflight < LEAST_WINDOW / 8 || this.lag(now) < SOUND_WINDOW_MS) ? 0 : undefined;
    if (watching.track.kind === 'still') return this.admitsStill(watching, header, now) ? 0 : undefined;
    const spatial = spatialOf(header.layer);
    if (!this.wants(watching, header, spatial, now)) return undefined;
    if ((this.way.inflight > LEAST_WINDOW && this.way.inflight > WINDOW_TRIPS * this.rate * this.trip) || this.way.isFull) {
      // What is skipped leaves a hole that only a key frame closes
      watching.spatial = undefined;
      return undefined;
    }
    watching.spatial = spatial;
    return spatial;
  }

  /** A part of a still picture, for who gets no moving ones: all of its parts, or none that follow one left out. */
  private admitsStill(watching: Watching, { flags, group }: FrameHeader, now: number): boolean {
    if (this.ladder.rung !== RUNG.still || watching.brokenStill === group) return false;
    const isBegun = watching.spatial === group;
    const fits = (isBegun || (flags & FLAG.key) !== 0) && !this.way.isFull && this.lag(now) < STILL_LATE_MS && this.way.inflight < STILL_WINDOW;
    if (fits) watching.spatial = group;
    else watching.brokenStill = group;
    return fits;
  }

  private wants(watching: Watching, { flags }: FrameHeader, spatial: number, now: number): boolean {
    if (this.ladder.rung >= RUNG.still) return false;
    const isKey = (flags & FLAG.key) !== 0;
    const target = this.target(watching, now);
    // Another size, or a beginning: only with a key frame
    if (spatial !== watching.spatial) {
      // At first a camera sends one every two seconds anyway, a screen only when asked; who has seen another size has waited long enough
      if (!isKey && (watching.spatial === undefined ? watching.track.kind === 'screen' : spatial === target)) watching.track.wantKey(target, now);
      return isKey && (spatial === target || watching.spatial === undefined);
    }
    if (spatial !== target) watching.track.wantKey(target, now);
    return isKey || (flags & FLAG.discardable) === 0 || this.getsTopLayer(spatial === target, now);
  }

  /** A small picture moves as it should, until something waits even so. */
  private getsTopLayer(isTarget: boolean, now: number): boolean {
    if (this.ladder.rung < RUNG.noTopLayer) return true;
    return this.ladder.rung === RUNG.small && isTarget && this.lag(now) < THIN_MS;
  }

  private watched(track: Track): Watching | undefined {
    for (const watching of this.watching) if (watching.track === track) return watching;
    return undefined;
  }

  private isToBeConfigured(watching: Watching, spatial: number): boolean {
    const { track, configured } = watching;
    if (watching.checkedTold === track.told && watching.checkedSpatial === spatial) return false;
    watching.checkedTold = track.told;
    watching.checkedSpatial = spatial;
    return configured.get(spatial) !== track.configurations.get(spatial)?.config;
  }

  private configure({ track, configured }: Watching, spatial: number): void {
    const configuration = track.configurations.get(spatial);
    if (!configuration) return;
    configured.set(spatial, configuration.config);
    this.outlet.configure(track.id, configuration);
  }

  private note({ track, seq }: FrameHeader, spatial: number, wire: Buffer, now: number): void {
    this.way.sent(track, spatial, seq, wire.byteLength, now);
    this.writtenSince += wire.byteLength;
  }
}
