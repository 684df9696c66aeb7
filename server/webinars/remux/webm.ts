/**
 * WebM as it is made while it happens (RFC 8794, RFC 9559): a segment and clusters of unknown size with one track, each block written in the moment in which it comes. A
 * muxer that writes whole clusters waits for the next key frame first, which of a screen comes every ten seconds.
 */
export type Content = { codec: 'A_OPUS' } | { codec: 'V_VP8' | 'V_VP9'; width: number; height: number };

/** A cluster's blocks say their time in 16 bits of ms; a browser may want to begin at a cluster. */
const LONGEST_CLUSTER_MS = 5000;
/** What a seek in Opus must hear first (RFC 7845). */
const PREROLL_NS = 80_000_000;
const SAMPLE_RATE = 48_000;
const UNKNOWN = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
const TRACK = 1;
const KEY = 0x80;

const ID = {
  EBML: 0x1a45dfa3, EBMLVersion: 0x4286, EBMLReadVersion: 0x42f7, EBMLMaxIDLength: 0x42f2, EBMLMaxSizeLength: 0x42f3, DocType: 0x4282, DocTypeVersion: 0x4287, DocTypeReadVersion: 0x4285,
  Segment: 0x18538067, Info: 0x1549a966, TimestampScale: 0x2ad7b1, MuxingApp: 0x4d80, WritingApp: 0x5741,
  Tracks: 0x1654ae6b, TrackEntry: 0xae, TrackNumber: 0xd7, TrackUID: 0x73c5, TrackType: 0x83, FlagLacing: 0x9c, CodecID: 0x86, CodecPrivate: 0x63a2, SeekPreRoll: 0x56bb,
  Video: 0xe0, PixelWidth: 0xb0, PixelHeight: 0xba, Audio: 0xe1, SamplingFrequency: 0xb5, Channels: 0x9f,
  Cluster: 0x1f43b675, Timestamp: 0xe7, SimpleBlock: 0xa3, Void: 0xec,
} as const;

const idBytes = (id: number): Buffer => Buffer.from(id.toString(16), 'hex');

/** The length as a number of variable size, in four bytes: enough for every element that has a known one. */
function sizeBytes(size: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(0x10000000 + size);
  return bytes;
}

function element(id: number, ...parts: (Uint8Array | string | number)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'number' ? unsigned(part) : typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([idBytes(id), sizeBytes(body.byteLength), body]);
}

/** @throws RangeError beyond 2^48 */
function unsigned(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(first === -1 ? 5 : first);
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return bytes;
}

/** One channel, nothing to skip (RFC 7845, 5.1). */
const opusHead = (): Buffer => Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0, 0, SAMPLE_RATE & 0xff, SAMPLE_RATE >> 8, 0, 0, 0, 0, 0])]);

/** What stands before the first cluster. */
export function webmHead(content: Content): Buffer {
  const rest = content.codec === 'A_OPUS'
    ? [element(ID.TrackType, 2), element(ID.CodecPrivate, opusHead()), element(ID.SeekPreRoll, PREROLL_NS), element(ID.Audio, element(ID.SamplingFrequency, float(SAMPLE_RATE)), element(ID.Channels, 1))]
    : [element(ID.TrackType, 1), element(ID.Video, element(ID.PixelWidth, content.width), element(ID.PixelHeight, content.height))];
  return Buffer.concat([
    element(ID.EBML, element(ID.EBMLVersion, 1), element(ID.EBMLReadVersion, 1), element(ID.EBMLMaxIDLength, 4), element(ID.EBMLMaxSizeLength, 8), element(ID.DocType, 'webm'), element(ID.DocTypeVersion, 4), element(ID.DocTypeReadVersion, 2)),
    idBytes(ID.Segment), UNKNOWN,
    element(ID.Info, element(ID.TimestampScale, 1_000_000), element(ID.MuxingApp, 'Pi.Co.'), element(ID.WritingApp, 'Pi.Co.')),
    element(ID.Tracks, element(ID.TrackEntry, element(ID.TrackNumber, TRACK), element(ID.TrackUID, TRACK), element(ID.FlagLacing, 0), element(ID.CodecID, content.codec), ...rest)),
  ]);
}

/** An element that every reader skips: it may stand between two blocks. */
export const NOTHING = Buffer.from([ID.Void, 0x80]);

/** The clusters of one stream, block by block. */
export class WebmBlocks {
  private clusterMs: number | undefined;

  /** @param ms on the stream's clock, up to 2^48, never less than of the block before: browsers refuse what goes back. @returns the bytes to go, with a new cluster's head where one begins. */
  block(ms: number, key: boolean, bytes: Uint8Array): Buffer {
    const parts: Buffer[] = [];
    if (this.clusterMs === undefined || ms - this.clusterMs > LONGEST_CLUSTER_MS) {
      this.clusterMs = ms;
      parts.push(idBytes(ID.Cluster), UNKNOWN, element(ID.Timestamp, ms));
    }
    const head = Buffer.alloc(4);
    head[0] = 0x80 | TRACK;
    head.writeInt16BE(ms - this.clusterMs, 1);
    head[3] = key ? KEY : 0;
    parts.push(element(ID.SimpleBlock, head, bytes));
    return Buffer.concat(parts);
  }
}
