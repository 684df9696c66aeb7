import { FLAG, type FrameHeader, spatialOf } from '../../contract/media-frame.ts';
import type { GrowingFile } from '../../gateways/log-disk.ts';
import type { Tap } from '../media/tap.ts';
import type { Configuration, Track } from '../media/track.ts';
import { LogWriter } from './log-writer.ts';
import { RECORD } from './packet-log.ts';
import { lineNow } from '../media/line-clock.ts';

/** A size of a picture that has not come for so long has stopped: a smaller one is recorded. */
const STOPPED_MS = 1500;

interface Heard {
  track: Track;
  /** The size that is being recorded; undefined: none until its next key frame. */
  spatial: number | undefined;
  /** When a frame of each size last came; at first, when it began to be waited for. */
  cameAt: Map<number, number>;
}

/** Writes down what a room lets through: all sound, and of each picture its largest size, or the largest that comes. */
export class Recorder implements Tap {
  private readonly heard = new Map<number, Heard>();
  private readonly writer: LogWriter;
  /** When something is being written, or could not be. */
  readonly begun: Promise<void>;

  constructor(begin: () => Promise<GrowingFile>, private readonly trouble: (error: unknown) => void) {
    let isBegun = (): void => undefined;
    this.begun = new Promise((resolve) => (isBegun = resolve));
    this.writer = new LogWriter({
      begin,
      begun: () => {
        this.restate();
        isBegun();
      },
      trouble: (error) => {
        trouble(error);
        isBegun();
      },
    });
  }

  track(track: Track): void {
    // They repeat what the screen shows
    if (track.kind === 'still') return;
    this.heard.set(track.id, { track, spatial: undefined, cameAt: awaited(track) });
    this.askKeys(track);
    this.say(RECORD.track, { track: track.id, kind: track.kind, personId: track.personId });
  }

  configuration(track: Track, { spatial, config, decoderConfig }: Configuration): void {
    this.say(RECORD.configuration, { track: track.id, spatial, config, decoderConfig });
  }

  frame(track: Track, header: FrameHeader, frame: Uint8Array): void {
    const heard = this.heard.get(track.id);
    if (heard && (!track.isVideo || this.chooses(heard, header, lineNow()))) this.writer.write(RECORD.frame, frame);
  }

  end(track: number): void {
    if (this.heard.delete(track)) this.say(RECORD.end, { track });
  }

  broken(error: unknown): void {
    this.trouble(error);
  }

  /** Writes what waits. */
  close(): Promise<void> {
    return this.writer.close();
  }

  /** Whether this frame belongs to what is recorded: one size at a time, and another only from its key frame on. */
  private chooses(heard: Heard, { flags, layer }: FrameHeader, now: number): boolean {
    const spatial = spatialOf(layer);
    heard.cameAt.set(spatial, now);
    const best = Math.max(...[...heard.cameAt].filter(([, at]) => now - at < STOPPED_MS).map(([size]) => size));
    if (heard.spatial !== best) {
      if ((flags & FLAG.key) !== 0 && spatial === best) heard.spatial = spatial;
      else heard.track.wantKey(best, now);
    }
    return spatial === heard.spatial;
  }

  /** A new file says all that its reader must know, and its pictures begin anew. */
  private restate(): void {
    for (const heard of this.heard.values()) {
      const { track } = heard;
      heard.spatial = undefined;
      heard.cameAt = awaited(track);
      this.say(RECORD.track, { track: track.id, kind: track.kind, personId: track.personId });
      for (const configuration of track.configurations.values()) this.configuration(track, configuration);
      this.askKeys(track);
    }
  }

  private askKeys(track: Track): void {
    for (const spatial of track.isVideo ? track.spatials : []) track.wantKey(spatial, lineNow());
  }

  private say(type: (typeof RECORD)[keyof typeof RECORD], what: object): void {
    this.writer.write(type, Buffer.from(JSON.stringify(what)));
  }
}

/** Every size of a picture may still come. */
const awaited = (track: Track): Map<number, number> => new Map(track.spatials.map((spatial) => [spatial, lineNow()]));
