/** Of each configuration of a table of contents, the length of one frame in µs (RFC 6716, 3.1). */
const FRAME = [10_000, 20_000, 40_000, 60_000, 10_000, 20_000, 40_000, 60_000, 10_000, 20_000, 40_000, 60_000, 10_000, 20_000, 10_000, 20_000, ...Array.from({ length: 4 }, () => [2500, 5000, 10_000, 20_000]).flat()];
const LONGEST = 120_000;

/** How much sound an Opus packet has, in microseconds; 0: it is none. */
export function opusMicroseconds(packet: Uint8Array): number {
  const [toc, count = 0] = packet;
  if (toc === undefined) return 0;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? count & 63 : 2;
  const length = frames * (FRAME[toc >> 3] ?? 0);
  return length <= LONGEST ? length : 0;
}

export const SILENCE_US = 20_000;
/** 20 ms without a sound: one frame of CELT, full band, mono. What decoders make of a gap by themselves differs, and puts pictures beside voices. */
export const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);
