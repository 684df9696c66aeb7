import { WebSocket } from 'ws';
import { HEADER_BYTES, KIND, readHeader, writeAcknowledgement } from '../../server/contract/media-frame.ts';
import { MEDIA_PATH } from '../../server/contract/live.ts';
import { MEDIA_NAMESPACE } from '../../server/contract/one-frame-parser.ts';

/**
 * A crowd of viewers in a process of its own, as lean as can be: it must not be what is measured. Orders come from the parent: `CROWD` says where, and
 * as whom. It answers `ready`, and at `stop` with what it saw.
 */
interface Orders {
  url: string;
  /** null: the bare yardstick, which asks nothing. */
  number: number | null;
  cookies: string[];
}
const { url, number, cookies } = JSON.parse(process.env['CROWD'] ?? '{}') as Orders;

const ACK_MS = 200;
/** Latencies are counted by tenths of a ms, up to five seconds. */
const histogram = new Uint32Array(50_000);
let frames = 0;
let counting = false;

function saw(bytes: Buffer): void {
  if (!counting) return;
  frames += 1;
  const late = performance.timeOrigin + performance.now() - bytes.readDoubleLE(16) / 1000;
  const at = Math.max(0, Math.min(histogram.length - 1, Math.round(late * 10)));
  histogram[at] = (histogram[at] ?? 0) + 1;
}

async function view(cookie: string): Promise<void> {
  const at = number === null ? url : `${url}${MEDIA_PATH}/?EIO=4&transport=websocket`;
  const socket = new WebSocket(at, { perMessageDeflate: false, headers: { cookie } });
  const newest = new Map<number, { track: number; spatial: number; seq: number }>();
  const ask = (id: number, ...data: unknown[]) => socket.send(`4${JSON.stringify({ type: 2, nsp: MEDIA_NAMESPACE, id, data })}`);
  function heard(packet: { type: number; id?: number; data: unknown }, resolve: () => void, reject: (error: Error) => void): void {
    if (packet.type === 0) ask(1, 'live:join', { number });
    else if (packet.type === 3 && packet.id === 1) {
      const [answer] = packet.data as [{ ok: boolean; code?: string; state: { tracks: { track: number }[] } }];
      if (!answer.ok) return reject(new Error(answer.code));
      answer.state.tracks.forEach(({ track }, i) => ask(10 + i, 'live:sub', { track, on: true }));
      resolve();
    }
  }
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    if (number === null) socket.on('open', () => resolve());
    socket.on('message', (data: Buffer, binary) => {
      if (binary) {
        saw(data);
        if (number === null || data.byteLength < HEADER_BYTES) return;
        const header = readHeader(data);
        if (header) newest.set(header.track, { track: header.track, spatial: header.kind === KIND.audio ? 0 : header.layer >> 4, seq: header.seq });
        return;
      }
      const text = data.toString();
      if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send(`4${JSON.stringify({ type: 0, nsp: MEDIA_NAMESPACE })}`);
      else if (text.startsWith('4')) heard(JSON.parse(text.slice(1)) as { type: number; id?: number; data: unknown }, resolve, reject);
    });
  });
  if (number === null) return;
  // Not all in the same instant
  setTimeout(() => setInterval(() => {
    if (newest.size === 0 || socket.readyState !== WebSocket.OPEN) return;
    socket.send(writeAcknowledgement({ rung: 0, received: [...newest.values()] }));
    newest.clear();
  }, ACK_MS), Math.random() * ACK_MS);
}

const LANES = 20;
const waiting = [...cookies];
await Promise.all(Array.from({ length: LANES }, async () => {
  for (let cookie = waiting.shift(); cookie !== undefined; cookie = waiting.shift()) await view(cookie);
}));
process.send?.({ ready: cookies.length });
process.on('message', (order) => {
  if (order === 'count') counting = true;
  if (order !== 'stop') return;
  counting = false;
  process.send?.({ frames, histogram: [...histogram.entries()].filter(([, count]) => count > 0) }, () => process.exit(0));
});
