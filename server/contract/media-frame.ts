/**
 * How encoded media travels: one binary WebSocket message a frame, a header of 24 bytes (little endian) and the encoded chunk.
 *
 * | off | size | field  | meaning |
 * | --- | ---- | ------ | --- |
 * | 0   | u8   | version | 1 |
 * | 1   | u8   | kind   | `KIND` |
 * | 2   | u8   | flags  | `FLAG`, or-ed |
 * | 3   | u8   | layer  | video: spatial << 4 + temporal; audio: loudness 0–127 |
 * | 4   | u16  | track  | the number that the server gave at publishing |
 * | 6   | u16  | config | the decoder's configuration in force |
 * | 8   | u32  | seq    | by track and spatial layer, one more each frame, begins again after 2^32 - 1 |
 * | 12  | u32  | group  | video: the group of pictures; audio: the second |
 * | 16  | f64  | pts    | microseconds of the session's clock |
 */
export const VERSION = 1;
export const HEADER_BYTES = 24;
export const KIND = { audio: 1, camera: 2, screen: 3, still: 4 } as const;
export type Kind = keyof typeof KIND;
export const FLAG = { key: 1, discardable: 2, afterConfig: 4, silence: 16, bundle: 32 } as const;

export interface FrameHeader {
  kind: number;
  flags: number;
  layer: number;
  track: number;
  config: number;
  seq: number;
  group: number;
  pts: number;
}

/** The largest frame of each kind, header included: a larger one is no media. Still pictures come in parts, so that no voice waits for one. */
export const MOST_BYTES = { [KIND.audio]: 4096, [KIND.camera]: 512 * 1024, [KIND.screen]: 1536 * 1024, [KIND.still]: 4096 } as const;

/** Microseconds with which everybody can count: the year 2255. What says another moment is no media, and would stop whoever fills a gap up to it. */
const LAST_PTS = Number.MAX_SAFE_INTEGER;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What stands before the chunk; undefined where it is no frame of this version, or of no kind that there is. */
export function readHeader(bytes: Uint8Array): FrameHeader | undefined {
  if (bytes.byteLength < HEADER_BYTES || bytes[0] !== VERSION) return undefined;
  const view = viewOf(bytes);
  const kind = view.getUint8(1);
  const pts = view.getFloat64(16, true);
  if (kind < KIND.audio || kind > KIND.still || !(pts >= 0 && pts <= LAST_PTS)) return undefined;
  return { kind, flags: view.getUint8(2), layer: view.getUint8(3), track: view.getUint16(4, true), config: view.getUint16(6, true), seq: view.getUint32(8, true), group: view.getUint32(12, true), pts };
}

export const payloadOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(HEADER_BYTES);

export function writeFrame({ kind, flags, layer, track, config, seq, group, pts }: FrameHeader, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + payload.byteLength);
  const view = viewOf(bytes);
  view.setUint8(0, VERSION);
  view.setUint8(1, kind);
  view.setUint8(2, flags);
  view.setUint8(3, layer);
  view.setUint16(4, track, true);
  view.setUint16(6, config, true);
  view.setUint32(8, seq >>> 0, true);
  view.setUint32(12, group >>> 0, true);
  view.setFloat64(16, pts, true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** How far `seq` is beyond `last`, also where the count began again; 0 or less: it is no newer. */
export const beyond = (seq: number, last: number): number => (seq - last) | 0;

export const spatialOf = (layer: number): number => layer >> 4;

/** Several encoded chunks of sound in one message, each after its length (u16). */
export function bundle(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + 2 + byteLength, 0));
  const view = viewOf(bytes);
  let at = 0;
  for (const chunk of chunks) {
    view.setUint16(at, chunk.byteLength, true);
    bytes.set(chunk, at + 2);
    at += 2 + chunk.byteLength;
  }
  return bytes;
}

/** The chunks of `bundle`; undefined where the lengths do not add up. */
export function unbundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const chunks: Uint8Array[] = [];
  const view = viewOf(bytes);
  let at = 0;
  while (at < bytes.byteLength) {
    if (at + 2 > bytes.byteLength) return undefined;
    const end = at + 2 + view.getUint16(at, true);
    if (end > bytes.byteLength) return undefined;
    chunks.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return chunks;
}

/** What a viewer sends back every 200 ms: the newest frame of each track that it has. TCP keeps the order: all before it has arrived too. */
export interface Acknowledgement {
  /** The lowest rung that this viewer wants: 0 everything, 2 the small picture, 4 sound alone. */
  rung: number;
  received: { track: number; spatial: number; seq: number }[];
}

const ACK_TYPE = 0xa1;
const ACK_HEAD = 2;
const ACK_ROW = 7;
/** More tracks than a room ever has. */
const MOST_ROWS = 24;
const MOST_ACK_BYTES = ACK_HEAD + MOST_ROWS * ACK_ROW;

/** Whether a message claims to be one. */
export const isAcknowledgement = (bytes: Uint8Array): boolean => bytes[0] === ACK_TYPE && bytes.byteLength <= MOST_ACK_BYTES;

export function writeAcknowledgement({ rung, received }: Acknowledgement): Uint8Array<ArrayBuffer> {
  const rows = received.slice(0, MOST_ROWS);
  const bytes = new Uint8Array(ACK_HEAD + rows.length * ACK_ROW);
  const view = viewOf(bytes);
  view.setUint8(0, ACK_TYPE);
  view.setUint8(1, rung);
  rows.forEach(({ track, spatial, seq }, i) => {
    const at = ACK_HEAD + i * ACK_ROW;
    view.setUint16(at, track, true);
    view.setUint8(at + 2, spatial);
    view.setUint32(at + 3, seq >>> 0, true);
  });
  return bytes;
}

export function readAcknowledgement(bytes: Uint8Array): Acknowledgement | undefined {
  if (!isAcknowledgement(bytes) || bytes.byteLength < ACK_HEAD || (bytes.byteLength - ACK_HEAD) % ACK_ROW !== 0) return undefined;
  const view = viewOf(bytes);
  const received: Acknowledgement['received'] = [];
  for (let at = ACK_HEAD; at < bytes.byteLength; at += ACK_ROW) received.push({ track: view.getUint16(at, true), spatial: view.getUint8(at + 2), seq: view.getUint32(at + 3, true) });
  return { rung: Math.min(4, view.getUint8(1)), received };
}
