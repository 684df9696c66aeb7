import { setImmediate as othersTurn } from 'node:timers/promises';
import { z } from 'zod';
import { FLAG, HEADER_BYTES, KIND, payloadOf, readHeader, unbundle } from '../../contract/media-frame.ts';
import { logDisk } from '../../gateways/log-disk.ts';
import { opusMicroseconds } from './opus.ts';
import { type LogRecord, readLog, RECORD } from './packet-log.ts';

/** A publisher's clock that says more than this beside the server's is wrong: the server's counts. */
const MOST_ASIDE_MS = 5000;
/** Records, before whatever else there is to do has its turn. */
const AT_ONCE = 200;

const TrackBody = z.object({ track: z.int(), kind: z.enum(['audio', 'camera', 'screen', 'still']), personId: z.uuid() });
const ConfigurationBody = z.object({ track: z.int(), spatial: z.int(), config: z.int(), decoderConfig: z.string() });
/** What a browser's encoder says of what it makes. Untrusted: a publisher wrote it. */
const DecoderConfig = z.object({
  codec: z.string().max(60), codedWidth: z.int().min(1).max(8192).optional(), codedHeight: z.int().min(1).max(8192).optional(), description: z.base64().max(8192).optional(),
  sampleRate: z.number().optional(), numberOfChannels: z.number().optional(),
});
export type DecoderConfig = z.output<typeof DecoderConfig>;
const GapBody = z.object({ from: z.number(), to: z.number() });

export interface Packet {
  what: 'packet';
  kind: 'audio' | 'camera' | 'screen';
  personId: string;
  /** Of one continuous stream: another has to begin with a key frame. */
  stream: string;
  key: boolean;
  /** Microseconds of the recording's clock. */
  at: number;
  data: Uint8Array;
  /** Microseconds of sound in it; 0 for a picture. */
  length: number;
  config: DecoderConfig;
}

/** What the logs of a recording have, in order and on one clock, read as a stream. @param origin ms since the epoch: zero of that clock. */
export async function* readMedia(paths: readonly string[], origin: number): AsyncGenerator<Packet | { what: 'gap'; from: number; to: number }> {
  for (const [index, path] of paths.entries()) {
    const tracks = new Map<number, { kind: string; personId: string; stream: number }>();
    const configurations = new Map<string, DecoderConfig>();
    let streams = 0;
    let read = 0;
    for await (const record of readLog(logDisk.read(path))) {
      // Rooms may be going on in this process
      if ((read += 1) % AT_ONCE === 0) await othersTurn();
      if (record.type === RECORD.track) {
        const track = parse(TrackBody, record.body);
        if (track) tracks.set(track.track, { ...track, stream: (streams += 1) });
      } else if (record.type === RECORD.configuration) {
        const said = parse(ConfigurationBody, record.body);
        const config = said && parse(DecoderConfig, said.decoderConfig);
        if (said && config) configurations.set(`${said.track}/${said.spatial}/${said.config}`, config);
      } else if (record.type === RECORD.gap) {
        const gap = parse(GapBody, record.body);
        if (gap) yield { what: 'gap', from: Math.max(0, gap.from - origin), to: Math.max(0, gap.to - origin) };
      } else if (record.type === RECORD.frame) yield* packetsOf(record, { tracks, configurations, origin, segment: index });
    }
  }
}

interface Known {
  tracks: Map<number, { kind: string; personId: string; stream: number }>;
  configurations: Map<string, DecoderConfig>;
  origin: number;
  segment: number;
}

function* packetsOf({ at, body }: LogRecord, { tracks, configurations, origin, segment }: Known): Generator<Packet> {
  const header = readHeader(body);
  const track = header && tracks.get(header.track);
  if (!header || !track || body.byteLength <= HEADER_BYTES) return;
  const { kind, personId } = track;
  if (kind !== 'audio' && kind !== 'camera' && kind !== 'screen') return;
  const spatial = header.kind === KIND.audio ? 0 : header.layer >> 4;
  const config = configurations.get(`${header.track}/${spatial}/${header.config}`);
  if (!config) return;
  const milliseconds = Math.abs(header.pts / 1000 - at) < MOST_ASIDE_MS ? header.pts / 1000 : at;
  const common = { what: 'packet' as const, kind, personId, stream: `${segment}/${track.stream}`, config } as const;
  let from = Math.round((milliseconds - origin) * 1000);
  if (kind !== 'audio') {
    yield { ...common, key: (header.flags & FLAG.key) !== 0, at: from, data: payloadOf(body), length: 0 };
    return;
  }
  const chunks = (header.flags & FLAG.bundle) !== 0 ? unbundle(payloadOf(body)) : [payloadOf(body)];
  for (const data of chunks ?? []) {
    const length = opusMicroseconds(data);
    if (length === 0) continue;
    yield { ...common, key: true, at: from, data, length };
    from += length;
  }
}

function parse<S extends z.ZodType>(schema: S, text: Buffer | string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(text.toString())).data;
  } catch {
    return undefined;
  }
}
