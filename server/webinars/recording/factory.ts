import { ALL_FORMATS, BufferSource, type EncodedPacket, EncodedPacketSink, Input } from 'mediabunny';
import { aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import type { ReplayFile } from '../../contract/recording.ts';
import { bundle, FLAG, KIND } from '../../contract/media-frame.ts';
import type { TestClient } from '../../testing/app.ts';
import { aSeat, aWebinar } from '../factory.ts';
import { accepted, type MediaClient } from '../media/factory.ts';
import type { Webinar } from '../webinar.ts';

/** A webinar whose doors are open and that may be recorded, with its presenter and one who has a seat. */
export async function aRecordedWebinar(more: Parameters<typeof aWebinar>[0] = {}): Promise<{ webinar: Webinar; presenter: BuiltPerson; learner: BuiltPerson }> {
  const [presenter, learner] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson()];
  const webinar = await aWebinar({ starts: -5, organiser: presenter, recorded: true, ...more });
  await aSeat(webinar, learner);
  return { webinar, presenter, learner };
}

const OPUS_CONFIG = '{"codec":"opus","sampleRate":48000,"numberOfChannels":1}';
const PICTURE_MS = 50;
const SOUND_MS = 40;

/** What a presenter's browser sends: a camera in two sizes, and a voice. What is in a packet says which it is. */
export class Publisher {
  private constructor(private readonly client: MediaClient, readonly camera: number, readonly voice: number) {}
  private pictures = [0, 0];
  private sounds = 0;

  static async begin(client: MediaClient): Promise<Publisher> {
    const { track: camera } = accepted(await client.socket.emitWithAck('live:publish', { kind: 'camera', layers: [{ spatial: 0, codec: 'vp8' }, { spatial: 1, codec: 'vp8' }] }));
    for (const [spatial, [codedWidth, codedHeight]] of [[320, 180], [640, 360]].entries()) {
      accepted(await client.socket.emitWithAck('live:config', { track: camera, spatial, config: 1, decoderConfig: JSON.stringify({ codec: 'vp8', codedWidth, codedHeight }) }));
    }
    const { track: voice } = accepted(await client.socket.emitWithAck('live:publish', { kind: 'audio', layers: [{ spatial: 0, codec: 'opus' }] }));
    accepted(await client.socket.emitWithAck('live:config', { track: voice, spatial: 0, config: 1, decoderConfig: OPUS_CONFIG }));
    return new Publisher(client, camera, voice);
  }

  /** A picture of each size. @param at ms since the epoch. */
  picture(at: number, options: { key?: boolean; spatials?: number[] } = {}): void {
    for (const spatial of options.spatials ?? [0, 1]) {
      const seq = (this.pictures[spatial] = (this.pictures[spatial] ?? 0) + 1);
      this.client.send({ track: this.camera, seq, kind: KIND.camera, layer: spatial << 4, flags: options.key || seq === 1 ? FLAG.key : 0, pts: at * 1000 }, payload(spatial, at));
    }
  }

  /** 40 ms of voice, two packets in one message. */
  sound(at: number): void {
    this.sounds += 1;
    const chunks = [at, at + SOUND_MS / 2].map((moment) => Uint8Array.from([0xf8, ...payload(9, moment)]));
    this.client.send({ track: this.voice, seq: this.sounds, kind: KIND.audio, layer: 100, flags: FLAG.bundle, pts: at * 1000 }, new Uint8Array(bundle(chunks)));
  }

  /** Both for so many ms from a moment, all at once. */
  both(from: number, ms: number): void {
    for (let at = from; at < from + ms; at += PICTURE_MS) this.picture(at, { key: at === from });
    for (let at = from; at < from + ms; at += SOUND_MS) this.sound(at);
  }
}

/** Marked with its moment, so that it is known again in a file. */
function payload(spatial: number, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(40).fill(7);
  bytes[0] = spatial;
  new DataView(bytes.buffer).setFloat64(8, at);
  return bytes;
}

export interface ReadPacket {
  /** Seconds of the file. */
  at: number;
  key: boolean;
  /** The moment that the test gave it, ms; 0: none of the test's. */
  sent: number;
  spatial: number;
}

export interface ReadMedia {
  duration: number;
  video: ReadPacket[];
  audio: ReadPacket[];
}

/** A file of a recording as its reader sees it: the whole way, through the API. */
export async function readFile(client: TestClient, number: number, file: Pick<ReplayFile, 'id'>): Promise<ReadMedia> {
  const response = await client.raw('GET', `webinars/${number}/recording/files/${file.id}`);
  if (response.status !== 200) throw new Error(`${response.status}`);
  return readMedia(await response.arrayBuffer());
}

/** A file of ours, by a library that is none of ours. */
export async function readMedia(bytes: ArrayBuffer | Uint8Array): Promise<ReadMedia> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const packets = async (track: ConstructorParameters<typeof EncodedPacketSink>[0] | null, skip: number): Promise<ReadPacket[]> => {
    const all: ReadPacket[] = [];
    if (track) for await (const packet of new EncodedPacketSink(track).packets()) all.push(read(packet, skip));
    return all;
  };
  return { duration: await input.computeDuration(), video: await packets(await input.getPrimaryVideoTrack(), 0), audio: await packets(await input.getPrimaryAudioTrack(), 1) };
}

const read = ({ timestamp, type, data }: EncodedPacket, skip: number): ReadPacket => {
  const marked = data.byteLength === 40 + skip;
  return { at: timestamp, key: type === 'key', sent: marked ? new DataView(data.buffer, data.byteOffset + skip).getFloat64(8) : 0, spatial: marked ? (data[skip] ?? -1) : -1 };
};
