import { connect, createServer, type Server, type Socket } from 'node:net';

/** How often what is due is passed on. */
const TICK_MS = 10;
/** What a router keeps waiting before it stops reading, in ms of its line: the usual swollen buffer of a small office. */
const BUFFER_MS = 300;

export interface SlowLine {
  port: number;
  /** From now on nothing passes, and nobody is told: a laptop that was shut. */
  freeze(): void;
  close(): void;
}

/**
 * A line that passes so many kbit/s to and from each connection, with half of `roundTripMs` each way, and keeps what comes faster waiting in its small buffer, then in
 * the sender's.
 * @param to a port of this machine.
 * @param line.stall with this chance at each hundredth of a second nothing passes for so many ms, as where a packet was lost and TCP sends it again.
 */
export async function slowLine(to: number, { kbps, roundTripMs = 0, stall }: { kbps: number; roundTripMs?: number; stall?: { chance: number; ms: number } }): Promise<SlowLine> {
  const lines = new Set<Socket>();
  const state = { frozen: false };
  const server: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      lines.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined).on('close', () => lines.delete(socket));
    }
    const timers = [pass(far, near, kbps, roundTripMs / 2, stall, state), pass(near, far, kbps, roundTripMs / 2, stall, state)];
    const end = () => {
      timers.forEach((timer) => clearInterval(timer));
      near.destroy();
      far.destroy();
    };
    near.on('close', end);
    far.on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, freeze: () => void (state.frozen = true), close() {
    for (const socket of lines) socket.destroy();
    server.close();
  } };
}

function pass(from: Socket, to: Socket, kbps: number, delayMs: number, stall: { chance: number; ms: number } | undefined, state: { frozen: boolean }): NodeJS.Timeout {
  const queue: { bytes: Buffer; due: number }[] = [];
  let waiting = 0;
  let credit = 0;
  let stalledUntil = 0;
  let before = performance.now();
  const most = (kbps / 8) * BUFFER_MS;
  from.on('data', (bytes: Buffer) => {
    queue.push({ bytes, due: performance.now() + delayMs });
    waiting += bytes.byteLength;
    if (waiting > most) from.pause();
  });
  return setInterval(() => {
    const now = performance.now();
    // What is not used is not saved, beyond a tick or two
    credit = Math.min(credit + ((now - before) * kbps) / 8, (kbps / 8) * 3 * TICK_MS);
    before = now;
    if (now < stalledUntil || state.frozen) return;
    if (stall && waiting > 0 && Math.random() < stall.chance) {
      stalledUntil = now + stall.ms;
      return;
    }
    for (let first = queue[0]; first && first.due <= now && credit > 0; first = queue[0]) {
      const part = first.bytes.subarray(0, Math.ceil(credit));
      to.write(part);
      credit -= part.byteLength;
      waiting -= part.byteLength;
      if (part.byteLength === first.bytes.byteLength) queue.shift();
      else first.bytes = first.bytes.subarray(part.byteLength);
    }
    if (waiting <= most) from.resume();
  }, TICK_MS);
}
