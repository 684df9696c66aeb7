import type { PersonInRoom, Reaction, TrackInfo } from '../../contract/live.ts';
import type { FrameHeader, Kind } from '../../contract/media-frame.ts';
import type { RecordingTold } from '../../contract/recording.ts';
import type { RoomRole } from '../../contract/webinars.ts';
import type { Tap } from './tap.ts';
import { type Configuration, type Layer, type Refusal, Track } from './track.ts';
import { type Arrived, Round } from './round.ts';
import { type Outlet, Viewer } from './viewer.ts';
import { Pace, type Rhythm } from './pace.ts';
import { webSocketFrame } from './web-socket-frame.ts';
import { lineNow } from './line-clock.ts';

/** Who invites others to speak. */
const LEADING: readonly RoomRole[] = ['organiser', 'presenter', 'co-presenter'];
export const leads = (role: RoomRole): boolean => LEADING.includes(role);

/** Voices at once: the picture of more is a crowd, and nobody understands more. */
export const MOST_SPEAKERS = 4;
/** Hands and speakers are named to all; the others are a number. */
const MOST_NAMED = 200;
const MOST_TRACKS = 0xffff;

/** One connection to the room; a person may have several. */
export interface Guest {
  connection: string;
  personId: string;
  name: string;
  role: RoomRole;
  outlet: Outlet & {
    askKey(track: number, spatial: number): void;
    silenced(track: number): void;
    recording(told: RecordingTold): void;
  };
  viewer: Viewer;
}

/** `people`: somebody came or left; `parts`: who speaks or has a hand up; `reactions`: somebody applauded, or so. */
export type RoomChange = 'tracks' | 'people' | 'parts' | 'reactions';

/** What goes on in one live room, in the process that owns it. It knows no sockets and no database: who may come in has been decided. */
export class Room {
  /** Ms since the epoch. */
  readonly begunAt = Date.now();
  readonly guests = new Map<string, Guest>();
  /** Those of the guests, side by side: each round comes by all of them. */
  private viewers: Viewer[] = [];
  readonly tracks = new Map<number, Track>();
  private readonly owners = new Map<number, string>();
  private readonly names = new Map<number, string>();
  private readonly hands = new Map<string, number>();
  /** Whom a presenter has invited to speak. */
  private readonly invited = new Set<string>();
  private reactions: Partial<Record<Reaction, number>> = {};
  private readonly taps = new Set<Tap>();
  /** What has come and goes to all in the next round. */
  private arrived: Arrived[] = [];
  private firstAt = 0;
  private waiting: NodeJS.Timeout | undefined;
  private isDue = false;
  private readonly pace = new Pace();
  private lastTrack = 0;
  private highestTrack = 0;

  constructor(
    /** Something about tracks or people changed: everybody is to be told, soon. */
    private readonly changed: (what: RoomChange) => void,
  ) {}

  enter(guest: Guest): void {
    this.guests.set(guest.connection, guest);
    this.viewers.push(guest.viewer);
    this.changed('people');
  }

  /** Ends what she sent, too. */
  exit(connection: string): void {
    const guest = this.guests.get(connection);
    if (!guest) return;
    for (const [track, owner] of this.owners) if (owner === connection) this.end(track);
    this.guests.delete(connection);
    this.viewers = this.viewers.filter((viewer) => viewer !== guest.viewer);
    if (!this.isPresent(guest.personId)) this.hands.delete(guest.personId);
    this.changed('people');
  }

  /** As far as others may know: an inspector is not there. */
  isPresent(personId: string): boolean {
    return [...this.guests.values()].some((guest) => guest.personId === personId && guest.role !== 'inspector');
  }

  /** @returns the track's number, or why not. */
  publish(connection: string, kind: Kind, layers: readonly Layer[]): number | 'not-allowed' | 'too-many' {
    const guest = this.guests.get(connection);
    if (!guest || !this.speaks(guest)) return 'not-allowed';
    const speakers = new Set([...this.owners.values()].map((owner) => this.guests.get(owner)?.personId).filter((person) => person !== guest.personId));
    if (speakers.size >= MOST_SPEAKERS) return 'too-many';
    // One of a kind each: whoever begins again, in another window too, takes the place of what she sent before
    for (const [id, track] of this.tracks) if (track.kind === kind && track.personId === guest.personId) this.end(id);
    const id = this.freeNumber();
    const track = new Track(id, kind, guest.personId, layers, (spatial) => guest.outlet.askKey(id, spatial));
    this.tracks.set(id, track);
    for (const tap of this.taps) tap.track(track);
    this.owners.set(id, connection);
    this.names.set(id, guest.name);
    this.changed('tracks');
    return id;
  }

  unpublish(connection: string, track: number): boolean {
    if (this.owners.get(track) !== connection) return false;
    this.end(track);
    return true;
  }

  configure(connection: string, track: number, configuration: Configuration): boolean {
    const found = this.tracks.get(track);
    if (!found || this.owners.get(track) !== connection) return false;
    this.spread();
    found.configure(configuration);
    for (const tap of this.taps) tap.configuration(found, configuration);
    return true;
  }

  watch(connection: string, trackId: number, mostSpatial: number, on: boolean, now: number): boolean {
    const [guest, track] = [this.guests.get(connection), this.tracks.get(trackId)];
    // Her own frames would come back to her, and nobody would acknowledge them
    if (!guest || !track || this.owners.get(trackId) === connection) return false;
    // What is kept of the track has been sent by then: it must not come twice
    this.spread();
    if (on) guest.viewer.watch(track, mostSpatial, now);
    else guest.viewer.leave(trackId);
    return true;
  }

  /** A frame from a publisher, to everybody who watches its track. @returns why it is none of hers: her connection is then closed, unless its track has just ended. */
  frame(connection: string, header: FrameHeader, frame: Uint8Array, now: number): Refusal | 'ended' | undefined {
    const track = this.tracks.get(header.track);
    // What was on the way when a track ended is no forgery
    if (!track) return header.track <= this.highestTrack && this.guests.has(connection) ? 'ended' : 'forged-track';
    if (this.owners.get(header.track) !== connection) return 'forged-track';
    const admitted = track.admit(header, frame.byteLength, now);
    if (admitted === 'skip') return undefined;
    if (admitted) return admitted;
    // Made once for all: each viewer's connection gets the very same bytes
    const wire = webSocketFrame(frame);
    track.keep(header, wire);
    for (const tap of this.taps) this.passOn(tap, track, header, frame);
    track.rhythm.came(performance.now());
    this.arrived.push({ track, header, wire });
    if (Round.isFull(this.arrived)) this.spread();
    else this.spreadSoon();
    return undefined;
  }

  /** Now and then: who has not been heard of is given up. */
  look(now: number): void {
    for (const guest of this.guests.values()) guest.viewer.look(now);
  }

  raiseHand(connection: string, up: boolean, clock: number): void {
    const guest = this.guests.get(connection);
    if (!guest || guest.role === 'inspector' || this.hands.has(guest.personId) === up) return;
    if (up) this.hands.set(guest.personId, clock);
    else this.hands.delete(guest.personId);
    this.changed('parts');
  }

  react(connection: string, kind: Reaction): void {
    const guest = this.guests.get(connection);
    if (!guest || guest.role === 'inspector') return;
    this.reactions[kind] = (this.reactions[kind] ?? 0) + 1;
    this.changed('reactions');
  }

  /** How many there were since it was last asked. */
  takeReactions(): Partial<Record<Reaction, number>> {
    const taken = this.reactions;
    this.reactions = {};
    return taken;
  }

  /** A presenter lets somebody speak, or no longer; a moderator only the latter. Who leads loses her voice alone, and may take it again. @returns whether it was hers to decide and the person is here. */
  invite(connection: string, personId: string, speaks: boolean): boolean {
    const guest = this.guests.get(connection);
    if (!guest || !(leads(guest.role) || (guest.role === 'moderator' && !speaks)) || !this.isPresent(personId)) return false;
    if (speaks) this.invited.add(personId);
    else this.invited.delete(personId);
    this.hands.delete(personId);
    if (!speaks) for (const [id, track] of this.tracks) if (track.personId === personId && (track.kind === 'audio' || !this.mayStillSpeak(personId))) this.end(id);
    this.changed('parts');
    return true;
  }

  /** Lets a tap hear, from here on, what everybody may; it asks for the key frames that it needs. @returns ends it. */
  listen(tap: Tap): () => void {
    this.taps.add(tap);
    for (const track of this.tracks.values()) {
      tap.track(track);
      for (const configuration of track.configurations.values()) tap.configuration(track, configuration);
    }
    return () => void this.taps.delete(tap);
  }

  wantKey(trackId: number, now: number): void {
    const track = this.tracks.get(trackId);
    for (const spatial of track?.isVideo ? track.spatials : []) track?.wantKey(spatial, now);
  }

  trackInfos(): TrackInfo[] {
    return [...this.tracks.values()].map((track) => ({ track: track.id, kind: track.kind, personId: track.personId, name: this.names.get(track.id) ?? '', layers: [...track.layers] }));
  }

  /** Who leads, speaks or has a hand up, in the order of the hands; the others only up to a number. Inspectors are not shown. */
  people(): { people: PersonInRoom[]; present: number } {
    const byPerson = new Map<string, PersonInRoom>();
    for (const guest of this.guests.values()) {
      if (guest.role === 'inspector') continue;
      byPerson.set(guest.personId, { personId: guest.personId, name: guest.name, role: guest.role, hand: this.hands.get(guest.personId) ?? null, speaks: this.speaks(guest) });
    }
    const order = (person: PersonInRoom) => (person.speaks ? -Infinity : (person.hand ?? Infinity));
    return { people: [...byPerson.values()].sort((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b))).slice(0, MOST_NAMED), present: byPerson.size };
  }

  /** As soon as all is there that comes together. */
  private spreadSoon(): void {
    const now = performance.now();
    if (this.arrived.length === 1) this.firstAt = now;
    if (this.isDue) return;
    const wait = this.pace.wait(this.firstAt, this.rhythms(), now);
    clearTimeout(this.waiting);
    this.isDue = wait < 1;
    if (this.isDue) setImmediate(() => this.spread());
    else this.waiting = setTimeout(() => this.spread(), wait);
  }

  private *rhythms(): Iterable<Rhythm> {
    for (const { rhythm } of this.tracks.values()) yield rhythm;
  }

  /** Also before anything changes that what has arrived already does not belong to. */
  private spread(): void {
    this.isDue = false;
    clearTimeout(this.waiting);
    if (this.arrived.length === 0) return;
    const round = new Round(this.arrived);
    this.arrived = [];
    const [now, began] = [lineNow(), performance.now()];
    for (const viewer of this.viewers) viewer.round(round, now);
    this.pace.took(began, performance.now());
  }

  /** Whoever listens, a room goes on. */
  private passOn(tap: Tap, track: Track, header: FrameHeader, frame: Uint8Array): void {
    try {
      tap.frame(track, header, frame);
    } catch (error) {
      this.taps.delete(tap);
      tap.broken(error);
    }
  }

  private speaks(guest: Guest): boolean {
    return leads(guest.role) || (guest.role !== 'inspector' && this.invited.has(guest.personId));
  }

  private mayStillSpeak(personId: string): boolean {
    return [...this.guests.values()].some((guest) => guest.personId === personId && this.speaks(guest));
  }

  private end(id: number): void {
    const owner = this.guests.get(this.owners.get(id) ?? '');
    this.spread();
    if (this.tracks.delete(id)) for (const tap of this.taps) tap.end(id);
    this.owners.delete(id);
    this.names.delete(id);
    owner?.outlet.silenced(id);
    for (const guest of this.guests.values()) guest.viewer.leave(id);
    this.changed('tracks');
  }

  private freeNumber(): number {
    do this.lastTrack = (this.lastTrack % MOST_TRACKS) + 1;
    while (this.tracks.has(this.lastTrack));
    this.highestTrack = Math.max(this.highestTrack, this.lastTrack);
    return this.lastTrack;
  }
}
