import type { FrameHeader } from '../../contract/media-frame.ts';
import type { Configuration, Track } from './track.ts';

/** Hears what a room lets through: a recorder, a stream for who decodes nothing herself. It must not wait, and must not throw: a room goes on whatever becomes of it. */
export interface Tap {
  track(track: Track): void;
  configuration(track: Track, configuration: Configuration): void;
  frame(track: Track, header: FrameHeader, frame: Uint8Array): void;
  end(track: number): void;
  /** It threw all the same, and hears nothing more. */
  broken(error: unknown): void;
}
