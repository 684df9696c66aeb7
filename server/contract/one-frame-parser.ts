/**
 * Socket.IO's packets on the media connection: an event `frame` is exactly one binary message (the usual parser sends a placeholder text
 * before it, twice the messages), everything else one line of JSON. Both ends use it.
 */
export const FRAME = 'frame';
/** The one namespace of the media connection. */
export const MEDIA_NAMESPACE = '/live';

/** Socket.IO's number of an event. */
const EVENT = 2;
const LAST_TYPE = 4;
/** Longer than every event that we send; binary messages have the bound of the connection. */
const MOST_TEXT = 64 * 1024;

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

export class Encoder {
  encode(packet: Packet): (string | Uint8Array)[] {
    const { type, data } = packet;
    if (type === EVENT && Array.isArray(data) && data[0] === FRAME && data[1] instanceof Uint8Array) return [data[1]];
    return [JSON.stringify(packet)];
  }
}

type Listener = (packet: Packet) => void;

export class Decoder {
  private readonly listeners = new Set<Listener>();

  on(_event: 'decoded', listener: Listener): this {
    this.listeners.add(listener);
    return this;
  }

  off(_event: 'decoded', listener: Listener): this {
    this.listeners.delete(listener);
    return this;
  }

  /** The server's name for `off`. */
  removeListener(event: 'decoded', listener: Listener): this {
    return this.off(event, listener);
  }

  /** @throws Error for what is no packet: Socket.IO then closes the connection. */
  add(chunk: unknown): void {
    const packet = typeof chunk === 'string' ? readText(chunk) : { type: EVENT, nsp: MEDIA_NAMESPACE, data: [FRAME, bytesOf(chunk)] };
    for (const listener of this.listeners) listener(packet);
  }

  destroy(): void {
    this.listeners.clear();
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  if (chunk instanceof Uint8Array) return chunk;
  throw new Error('unknown chunk');
}

function readText(text: string): Packet {
  if (text.length > MOST_TEXT) throw new Error('too long');
  const packet: unknown = JSON.parse(text);
  if (!isPacket(packet)) throw new Error('no packet');
  return packet;
}

function isPacket(value: unknown): value is Packet {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('nsp' in value)) return false;
  const { type, nsp } = value;
  if (typeof type !== 'number' || !Number.isInteger(type) || type < 0 || type > LAST_TYPE || typeof nsp !== 'string') return false;
  if ('id' in value && value.id !== undefined && !Number.isSafeInteger(value.id)) return false;
  // An event begins with its name, an answer is a list
  const data = 'data' in value ? value.data : undefined;
  return type === EVENT ? Array.isArray(data) && typeof data[0] === 'string' && data[0] !== 'connect' && data[0] !== 'disconnect' : type !== 3 || Array.isArray(data);
}
