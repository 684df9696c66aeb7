import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { type AudioCodec, EncodedAudioPacketSource, EncodedPacket, EncodedVideoPacketSource, FilePathTarget, Mp4OutputFormat, Output, type VideoCodec, WebMOutputFormat } from 'mediabunny';
import { SILENCE, SILENCE_US } from './opus.ts';
import type { FilePlan } from './plan-files.ts';
import type { DecoderConfig, Packet } from './read-media.ts';

/** Where a camera gives no picture, the last that stands by itself is repeated so often: otherwise all sound until the next would wait in memory for it. */
const STILL_EVERY_US = 10_000_000;
const NEXT_PICTURE_US = 1000;
const LATE_SOUND_US = 3_000_000;
/** Packets of silence, before whatever else there is to do has its turn. */
const AT_ONCE = 200;
const SECOND = 1_000_000;
const SOUND: AudioCodec = 'opus';

/** A file for the player while it is being made, on disk as it grows; nothing is encoded anew. Its clock is the recording's: what is missing is silence, and a picture that stands still. */
export class FileWriter {
  readonly path: string;
  readonly mediaType: string;
  bytes = 0;
  private readonly output: Output;
  private readonly picture: EncodedVideoPacketSource | undefined;
  private readonly sound: EncodedAudioPacketSource | undefined;
  private stream: string | undefined;
  /** The last picture that stands by itself. */
  private still: Uint8Array | undefined;
  private shownTo = -NEXT_PICTURE_US;
  private soundTo = 0;
  private begun = false;

  constructor(private readonly plan: FilePlan, folder: string, index: number) {
    const codec = plan.still && videoCodec(plan.still.config.codec);
    const isMp4 = codec === 'avc';
    this.path = join(folder, `${index}.${isMp4 ? 'mp4' : 'webm'}`);
    this.mediaType = `${plan.still ? 'video' : 'audio'}/${isMp4 ? 'mp4' : 'webm'}`;
    this.output = new Output({ format: isMp4 ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(), target: new FilePathTarget(this.path) });
    if (codec) {
      this.picture = new EncodedVideoPacketSource(codec);
      this.output.addVideoTrack(this.picture);
    }
    if (plan.hasSound) {
      this.sound = new EncodedAudioPacketSource(SOUND);
      this.output.addAudioTrack(this.sound);
    }
  }

  async add(packet: Packet): Promise<void> {
    if (packet.at < 0) return;
    await this.begin();
    await (packet.kind === 'audio' ? this.addSound(packet) : this.addPicture(packet));
  }

  /** @param end the recording's, in microseconds: sound lasts until then. */
  async finish(end: number): Promise<void> {
    await this.begin();
    await this.silence(end);
    await this.output.finalize();
  }

  cancel(): Promise<void> {
    return this.output.cancel();
  }

  private async begin(): Promise<void> {
    if (this.begun) return;
    this.begun = true;
    await this.output.start();
    if (this.plan.still) await this.show(this.plan.still.data, true, 0, this.plan.still.config);
  }

  private async addPicture({ key, stream, at, data, config }: Packet): Promise<void> {
    if (key) this.stream = stream;
    else if (this.stream !== stream) return;
    // Until then sound may still come: it has its own way through the room
    await this.silence(at - LATE_SOUND_US);
    await this.standStill(at);
    await this.show(data, key, Math.max(at, this.shownTo + NEXT_PICTURE_US), config);
  }

  /** Sound has no holes and no overlaps: it is written where the last ended, within one packet of its own moment. */
  private async addSound({ at, data, length }: Packet): Promise<void> {
    await this.silence(at - SILENCE_US / 2);
    if (at < this.soundTo - SILENCE_US) return;
    await this.hear(data, length);
  }

  private async silence(until: number): Promise<void> {
    for (let written = 1; this.sound && this.soundTo < until; written += 1) {
      if (written % AT_ONCE === 0) await othersTurn();
      await this.hear(SILENCE, SILENCE_US);
    }
  }

  private async hear(data: Uint8Array, length: number): Promise<void> {
    if (!this.sound) return;
    await this.standStill(this.soundTo);
    const first = this.soundTo === 0 ? { decoderConfig: { codec: SOUND, sampleRate: 48_000, numberOfChannels: this.plan.sound?.numberOfChannels === 2 ? 2 : 1 } } : undefined;
    await this.sound.add(new EncodedPacket(data, 'key', this.soundTo / SECOND, length / SECOND), first);
    this.soundTo += length;
  }

  private async standStill(until: number): Promise<void> {
    while (this.sound && this.still && until - this.shownTo > STILL_EVERY_US) {
      // What follows was made of another picture
      this.stream = undefined;
      await this.show(this.still, true, this.shownTo + STILL_EVERY_US);
    }
  }

  private async show(data: Uint8Array, key: boolean, at: number, config?: DecoderConfig): Promise<void> {
    if (!this.picture) return;
    const first = this.shownTo < 0 && config ? { decoderConfig: decoderConfigOf(config) } : undefined;
    await this.picture.add(new EncodedPacket(data, key ? 'key' : 'delta', at / SECOND, 0), first);
    // The log's buffer is not kept for one picture
    if (key) this.still = Uint8Array.from(data);
    this.shownTo = at;
  }
}

function videoCodec(codec: string): VideoCodec {
  if (codec === 'vp8') return 'vp8';
  if (/^vp0?9/.test(codec)) return 'vp9';
  if (/^avc[13]/.test(codec)) return 'avc';
  throw new Error(`no file can be made of ${codec}`);
}

function decoderConfigOf({ codec, codedWidth = 640, codedHeight = 360, description }: DecoderConfig): VideoDecoderConfig {
  return { codec, codedWidth, codedHeight, ...(description ? { description: Buffer.from(description, 'base64') } : {}) };
}
