/** An unfragmented binary message (RFC 6455, 5.2): the first byte says «last part, binary». */
const BINARY = 0x82;
const SHORT = 125;
const MEDIUM = 0xffff;

/** The bytes of a message that `webSocketFrame` made. */
export function messageOf(wire: Uint8Array): Uint8Array {
  const length = wire[1] ?? 0;
  return wire.subarray(length <= SHORT ? 2 : length === 126 ? 4 : 10);
}

/** The message as a server writes it to the connection: a head without mask, then the bytes. */
export function webSocketFrame(bytes: Uint8Array): Buffer {
  const length = bytes.byteLength;
  const head = length <= SHORT ? 2 : length <= MEDIUM ? 4 : 10;
  const wire = Buffer.allocUnsafe(head + length);
  wire[0] = BINARY;
  if (head === 2) wire[1] = length;
  else if (head === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  wire.set(bytes, head);
  return wire;
}
