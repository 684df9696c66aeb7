import { HEADER_BYTES, KIND, VERSION, writeAcknowledgement } from '../../server/contract/media-frame.ts';
import { MEDIA_PATH } from '../../server/contract/live.ts';
import { MEDIA_NAMESPACE } from '../../server/contract/one-frame-parser.ts';
import { openLean } from './lean-socket.ts';

/**
 * A crowd in a process of its own, as lean as can be: it must not be what is measured. `CROWD` says where, as whom and what for; then orders come from
 * the parent: see `audience.ts`.
 */
export interface Orders {
  /** Of the server, beginning with ws: */
  url: string;
  /** null: the bare yardstick, which asks nothing. */
  number: number | null;
  cookies: string[];
  /** Looks and listens, reads what is written, or both. */
  media: boolean;
  talk: boolean;
}

export interface Seen {
  frames: number;
  /** How many took so many tenths of a ms. */
  histogram: [number, number][];
  /** By kind and size: `audio`, `camera 0` … */
  kinds: Record<string, number>;
}

export type Said = { what: 'ready' } | { what: 'seen'; seen: Seen } | { what: 'back'; times: number[] };

const { url, number, cookies, media, talk } = JSON.parse(process.env['CROWD'] ?? '{}') as Orders;

const ACK_MS = 200;
/** Latencies are counted by tenths of a ms, up to twenty seconds. */
const histogram = new Uint32Array(200_000);
const kinds = new Map<string, number>();
let frames = 0;
let counting = false;

function saw(sentAt: number, kind: string): void {
  if (!counting) return;
  frames += 1;
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const place = Math.max(0, Math.min(histogram.length - 1, Math.round((performance.timeOrigin + performance.now() - sentAt) * 10)));
  histogram[place] = (histogram[place] ?? 0) + 1;
}

/** Socket.IO's packets, as far as they are needed: on the media line one line of JSON, on the other the usual form. */
const mediaPacket = (type: number, id: number | undefined, data?: unknown) => `4${JSON.stringify({ type, nsp: MEDIA_NAMESPACE, ...(id === undefined ? {} : { id }), ...(data === undefined ? {} : { data }) })}`;

interface Line {
  /** In the room, with everything asked for. */
  ready: Promise<void>;
  /** The first frame, or the first answer, has come. */
  alive: Promise<void>;
  cut(): void;
}

/** Where the header of a frame has what is looked at: see the contract. */
const [KIND_AT, LAYER_AT, TRACK_AT, SEQ_AT, PTS_AT] = [1, 3, 4, 8, 16] as const;
const CAMERAS = ['camera 0', 'camera 1', 'camera 2', 'camera 3'];

interface Newest {
  track: number;
  spatial: number;
  seq: number;
  fresh: boolean;
}

function bareLine(cookie: string): Line {
  let cut = (): void => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    cut = openLean(url, cookie, { open: resolve, text: () => undefined, binary: (bytes) => saw(bytes.readDoubleLE(PTS_AT) / 1000, 'bare'), closed: (why) => reject(new Error(why)) }).cut;
  });
  return { ready, alive: ready, cut };
}

function mediaLine(cookie: string): Line {
  const newest: Newest[] = [];
  let arrived = (): void => undefined;
  const alive = new Promise<void>((resolve) => (arrived = resolve));
  let cut = (): void => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const socket = openLean(`${url}${MEDIA_PATH}/?EIO=4&transport=websocket`, cookie, {
      open: () => undefined,
      closed: (why) => reject(new Error(why)),
      binary(bytes) {
        if (bytes.byteLength < HEADER_BYTES || bytes[0] !== VERSION) return;
        const isSound = bytes[KIND_AT] === KIND.audio;
        const spatial = isSound ? 0 : (bytes[LAYER_AT] ?? 0) >> 4;
        saw(bytes.readDoubleLE(PTS_AT) / 1000, isSound ? 'audio' : (CAMERAS[spatial] ?? 'camera'));
        const track = bytes.readUInt16LE(TRACK_AT);
        let row = newest.find((known) => known.track === track && known.spatial === spatial);
        if (!row) newest.push((row = { track, spatial, seq: 0, fresh: true }));
        row.seq = bytes.readUInt32LE(SEQ_AT);
        row.fresh = true;
        arrived();
      },
      text(text) {
        if (text === '2') socket.send('3');
        else if (text.startsWith('0')) socket.send(mediaPacket(0, undefined));
        else if (text.startsWith('4')) hear(JSON.parse(text.slice(1)) as { type: number; id?: number; data: unknown });
      },
    });
    const ask = (id: number, ...data: unknown[]) => socket.send(mediaPacket(2, id, data));
    const hear = (packet: { type: number; id?: number; data: unknown }): void => {
      if (packet.type === 0) ask(1, 'live:join', { number });
      else if (packet.type === 3 && packet.id === 1) {
        const [answer] = packet.data as [{ ok: boolean; code?: string; state: { tracks: { track: number }[] } }];
        if (!answer.ok) return reject(new Error(answer.code));
        answer.state.tracks.forEach(({ track }, i) => ask(10 + i, 'live:sub', { track, on: true }));
        resolve();
      }
    };
    // Not all in the same instant
    const first = setTimeout(() => {
      timer = setInterval(() => {
        const received = newest.filter(({ fresh }) => fresh);
        if (received.length === 0) return;
        socket.send(writeAcknowledgement({ rung: 0, received }));
        for (const row of received) row.fresh = false;
      }, ACK_MS);
    }, Math.random() * ACK_MS);
    let timer: NodeJS.Timeout | undefined;
    cut = () => {
      clearTimeout(first);
      clearInterval(timer);
      socket.cut();
    };
  });
  return { ready, alive, cut };
}

/** What is written says when it was sent: `@` and the ms since 1970. */
const SENT = /@([\d.]+)@/;

function talkLine(cookie: string, after: number): Line {
  let cut = (): void => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const socket = openLean(`${url}/socket.io/?EIO=4&transport=websocket`, cookie, {
      open: () => undefined,
      closed: (why) => reject(new Error(why)),
      binary: () => undefined,
      text(text) {
        const sent = SENT.exec(text);
        if (sent && text.startsWith('42')) saw(Number(sent[1]), 'message');
        else if (text === '2') socket.send('3');
        else if (text.startsWith('0')) socket.send('40/app,');
        else if (text.startsWith('40')) socket.send(`42/app,1${JSON.stringify(['subscribe', `room:${number}`])}`);
        else if (text.startsWith('43')) {
          if (!text.includes('"ok":true')) return reject(new Error(text));
          // What was missed is asked for by its number, as a browser does
          void fetch(`${url.replace('ws', 'http')}/api/v1/webinars/${number}/messages?after=${after}&limit=100`, { headers: { cookie } }).then(async (answer) => {
            await answer.arrayBuffer();
            if (answer.ok) resolve();
            else reject(new Error(String(answer.status)));
          }, reject);
        }
      },
    });
    cut = socket.cut;
  });
  return { ready, alive: ready, cut };
}

const open = (cookie: string, after: number): Line[] => (number === null ? [bareLine(cookie)] : [...(media ? [mediaLine(cookie)] : []), ...(talk ? [talkLine(cookie, after)] : [])]);

const LANES = 20;
const inside = new Map<string, Line[]>();
const waiting = [...cookies];
await Promise.all(Array.from({ length: LANES }, async () => {
  for (let cookie = waiting.shift(); cookie !== undefined; cookie = waiting.shift()) {
    const lines = open(cookie, 0);
    inside.set(cookie, lines);
    await Promise.all(lines.map(({ ready }) => ready));
  }
}));
const say = (said: Said): void => void process.send?.(said);
say({ what: 'ready' });

/** Cut off in the same instant, back in the same instant: no browser is so rude. */
async function drop(): Promise<number[]> {
  for (const lines of inside.values()) for (const line of lines) line.cut();
  const from = performance.now();
  return Promise.all(cookies.map(async (cookie) => {
    const lines = open(cookie, 1);
    inside.set(cookie, lines);
    await Promise.all(lines.flatMap(({ ready, alive }) => [ready, alive]));
    return performance.now() - from;
  }));
}

process.on('message', (order) => {
  if (order === 'count') {
    counting = true;
    frames = 0;
    histogram.fill(0);
    kinds.clear();
  }
  if (order === 'look') say({ what: 'seen', seen: { frames, histogram: [...histogram.entries()].filter(([, count]) => count > 0), kinds: Object.fromEntries(kinds) } });
  if (order === 'drop') void drop().then((times) => say({ what: 'back', times }));
});
