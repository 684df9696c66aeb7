import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/**
 * A WebSocket of a crowd: it knows only what our servers send (whole, unmasked messages), and reads all connections through one buffer. `ws` itself, 1,500 times in one
 * process, takes longer to read than a relay to write: then the crowd would be what is measured.
 */
export interface LeanSocket {
  send(data: string | Uint8Array): void;
  cut(): void;
}

export interface Heard {
  open(): void;
  text(text: string): void;
  /** The bytes are there only until this returns. */
  binary(bytes: Buffer): void;
  closed(why: string): void;
}

const READ = Buffer.alloc(256 * 1024);
const EMPTY = Buffer.alloc(0);
const [TEXT, BINARY, CLOSE] = [0x81, 0x82, 0x88] as const;
/** Ours are all masked, as they must be, with a mask that changes nothing. */
const MASKED = 0x80;
const MASK_BYTES = 4;

/** @param url beginning with ws: */
export function openLean(url: string, cookie: string, heard: Heard): LeanSocket {
  const { hostname, port, pathname, search, host } = new URL(url);
  let rest: Buffer = EMPTY;
  let open = false;
  let why = 'the other end closed it';

  const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer: READ, callback(count: number) {
    read(READ.subarray(0, count));
    return true;
  } } });
  socket.on('connect', () => void socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nCookie: ${cookie}\r\n\r\n`));
  socket.on('error', (error) => (why = error.message));
  socket.on('close', () => heard.closed(why));

  function read(chunk: Buffer): void {
    const bytes = rest.byteLength > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = open ? 0 : handshake(bytes);
    for (let next = at; open && next !== -1; ) {
      at = next;
      next = message(bytes, at);
    }
    // What is left is short, and must outlive the common buffer
    rest = at < bytes.byteLength ? Buffer.from(bytes.subarray(at)) : EMPTY;
  }

  /** @returns where the messages begin. */
  function handshake(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end === -1) return 0;
    if (!bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
      why = bytes.toString('latin1', 0, end);
      socket.destroy();
      return bytes.byteLength;
    }
    open = true;
    heard.open();
    return end + 4;
  }

  /** @returns where the next one begins; -1: this one is not whole yet. */
  function message(bytes: Buffer, at: number): number {
    if (at + 2 > bytes.byteLength) return -1;
    const short = bytes[at + 1] ?? 0;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (at + head > bytes.byteLength) return -1;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const end = at + head + length;
    if (end > bytes.byteLength) return -1;
    const body = bytes.subarray(at + head, end);
    const type = bytes[at];
    if (type === BINARY) heard.binary(body);
    else if (type === TEXT) heard.text(body.toString());
    else if (type === CLOSE) socket.end();
    return end;
  }

  return {
    send(data) {
      const body = typeof data === 'string' ? Buffer.from(data) : data;
      const head = Buffer.alloc((body.byteLength < 126 ? 2 : 4) + MASK_BYTES);
      head[0] = typeof data === 'string' ? TEXT : BINARY;
      head[1] = MASKED | Math.min(126, body.byteLength);
      if (body.byteLength >= 126) head.writeUInt16BE(body.byteLength, 2);
      if (!socket.destroyed) socket.write(Buffer.concat([head, body]));
    },
    cut: () => void socket.destroy(),
  };
}
