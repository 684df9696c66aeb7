import { crc32 } from 'node:zlib';

/**
 * The packet log: what a room let through, in the order in which it came. Append-only, so that whatever ends the process leaves a log that plays up to
 * there. A head of 16 bytes (`PICOLOG1`, then ms since the epoch as a little-endian f64), then records:
 *
 * | off | size | field  | meaning |
 * | --- | ---- | ------ | --- |
 * | 0   | u32  | length | of the body, in bytes |
 * | 4   | u32  | check  | CRC-32 of type, offset and body |
 * | 8   | u8   | type   | `RECORD` |
 * | 9   | u32  | offset | ms since the log's own moment, by the server's clock |
 * | 13  |      | body   | a frame as it travels (`contract/media-frame.ts`), or JSON |
 *
 * A record that is not whole, or whose check is wrong, is where the log ends: what a process was writing when it died.
 */
export const RECORD = { track: 1, configuration: 2, frame: 3, end: 4, gap: 5, close: 6 } as const;
export type RecordType = (typeof RECORD)[keyof typeof RECORD];

const MAGIC = 'PICOLOG1';
export const LOG_HEAD_BYTES = 16;
export const RECORD_HEAD_BYTES = 13;
/** No record is longer: the largest frame is 1.5 MB. */
const MOST_BODY = 2 * 1024 * 1024;

export interface LogRecord {
  type: RecordType;
  /** ms since the epoch, by the server's clock. */
  at: number;
  body: Buffer;
}

/** What begins a log. @param at ms since the epoch. */
export function logHead(at: number): Buffer {
  const head = Buffer.alloc(LOG_HEAD_BYTES);
  head.write(MAGIC, 'latin1');
  head.writeDoubleLE(at, 8);
  return head;
}

/** A record's bytes in two parts: its head, and the body as it was given. @param offset ms since the log's moment, 0 to 2^32 - 1. */
export function logRecord(type: RecordType, offset: number, body: Uint8Array): [Buffer, Uint8Array] {
  const head = Buffer.allocUnsafe(RECORD_HEAD_BYTES);
  head.writeUInt32LE(body.byteLength, 0);
  head.writeUInt8(type, 8);
  head.writeUInt32LE(Math.max(0, Math.min(0xffffffff, Math.round(offset))), 9);
  head.writeUInt32LE(crc32(body, crc32(head.subarray(8))), 4);
  return [head, body];
}

/** Reads a log as it comes, never whole. What is no log has no records; a torn one ends before its torn record. */
export async function* readLog(chunks: AsyncIterable<Buffer>): AsyncGenerator<LogRecord> {
  let rest: Buffer = Buffer.alloc(0);
  let begun: number | undefined;
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (begun === undefined) {
      if (rest.length < LOG_HEAD_BYTES) continue;
      if (rest.toString('latin1', 0, MAGIC.length) !== MAGIC) return;
      begun = rest.readDoubleLE(8);
      if (!Number.isFinite(begun)) return;
      at = LOG_HEAD_BYTES;
    }
    while (rest.length - at >= RECORD_HEAD_BYTES) {
      const length = rest.readUInt32LE(at);
      if (length > MOST_BODY) return;
      const end = at + RECORD_HEAD_BYTES + length;
      if (end > rest.length) break;
      if (crc32(rest.subarray(at + 8, end)) !== rest.readUInt32LE(at + 4)) return;
      const type = typeOf(rest.readUInt8(at + 8));
      // Of a later version: passed over
      if (type) yield { type, at: begun + rest.readUInt32LE(at + 9), body: rest.subarray(at + RECORD_HEAD_BYTES, end) };
      at = end;
    }
    rest = rest.subarray(at);
  }
}

/** Whether a log's last bytes say that nothing follows. @param tail as many as a record's head has. */
export const isClosed = (tail: Buffer): boolean => tail.length === RECORD_HEAD_BYTES && tail.readUInt32LE(0) === 0 && tail.readUInt8(8) === RECORD.close && crc32(tail.subarray(8)) === tail.readUInt32LE(4);

const typeOf = (value: number): RecordType | undefined => Object.values(RECORD).find((type) => type === value);
