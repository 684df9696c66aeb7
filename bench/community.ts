import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { io, type Socket } from 'socket.io-client';
import { fillThreads, prepareMembers, WORDS } from './conversations.ts';
import { burst, type Load, load, percentiles, report, reportLoad } from './measure.ts';
import { openStage, type Running, type Stage, startProcess } from './stage.ts';

/** `npm run bench:community`: 400 threads of 10 posts, then (`MILLION=1`) 100,000 threads of 10. Nothing here passes or fails: it prints. */
const WEB = 3921;
const YARDSTICK = 3922;
/** The same load spread over many people, because one alone may not ask so often. */
async function crowd(url: string, cookies: string[], request: (i: number) => { method?: 'GET' | 'POST'; path: string; body?: string }, seconds = 8): Promise<Load> {
  let next = 0;
  const requests = [{ setupRequest: (given: autocannon.Request) => {
    const i = (next += 1);
    const { method = 'GET', path, body } = request(i);
    return { ...given, method, path, ...(body === undefined ? {} : { body }), headers: { cookie: cookies[i % cookies.length] ?? '', ...(body === undefined ? {} : { 'content-type': 'application/json' }) } };
  } }];
  const warm = await autocannon({ url, connections: 20, duration: 2, requests });
  const { requests: { average, total }, latency, non2xx, errors } = await autocannon({ url, connections: 20, duration: seconds, requests });
  return { rps: average, p50: latency.p50, p99: latency.p99, failures: non2xx + errors, requests: warm.requests.total + total };
}

/** A load, with the processor time of the web process for each request: that hardly depends on who else uses the machine. */
async function costed(web: Running, work: () => Promise<Load>): Promise<Load> {
  const before = await web.cpu();
  const found = await work();
  return { ...found, cpu: ((await web.cpu()) - before) / found.requests };
}

async function measure(stage: Stage, web: Running, cookies: string[]): Promise<void> {
  const { pool } = stage;
  const headers = { cookie: cookies[0] ?? '' };
  const { rows } = await pool.query<{ number: number }>('select number from threads order by last_post_at desc limit 400');
  const numbers = rows.map(({ number }) => number);
  // Before the rest: a process that has just done thousands of things tidies up
  await measureFanOut(web, cookies, numbers[0] ?? 1, 'at rest');
  reportLoad('thread list as JSON, a member (to reach: 600/s)', await costed(web, () => load(`${web.url}/api/v1/networks/sua/threads`, { headers })));
  reportLoad('thread as JSON, a member (to reach: 900/s)', await costed(web, () => load(`${web.url}/api/v1/threads/${numbers[3]}`, { headers })));
  reportLoad('thread list as a page (to reach: 250/s)', await costed(web, () => load(`${web.url}/reti/sua`, { headers })));
  reportLoad('thread as a page (to reach: 250/s)', await costed(web, () => load(`${web.url}/reti/sua/discussioni/${numbers[3]}`, { headers })));
  reportLoad('search of one word, with excerpts (to reach: 200/s)', await costed(web, () => crowd(web.url, cookies, (i) => ({ path: `/api/v1/search?q=${encodeURIComponent(WORDS[i % WORDS.length] ?? '')}` }))));
  const table = `bench_posts_${numbers.length}_${Date.now()}`;
  await pool.query(`create table ${table} (id uuid default uuidv7() primary key, html text)`);
  const bare = await burst(Array.from({ length: 2000 }, () => async () => {
    await pool.query(`insert into ${table} (html) values ($1)`, ['<p>Risposta</p>']);
  }), 20);
  report('one durable insert through pg, 20 at once (yardstick)', { 'a second': Math.round(20_000 / (bare.reduce((a, b) => a + b, 0) / bare.length)), ...prefixed(percentiles(bare)) });
  reportLoad('replies (to reach: 500/s)', await costed(web, () => crowd(web.url, cookies, (i) => ({ method: 'POST', path: `/api/v1/threads/${numbers[i % numbers.length]}/posts`, body: JSON.stringify({ clientId: randomUUID(), html: '<p>Da noi si fa con una <strong>convenzione</strong> e un disciplinare.</p>' }) }))));
  await measureFanOut(web, cookies, numbers[0] ?? 1, 'right after those replies');
}

/** Rounds that do not count, as the first seconds of every load. */
const WARM_UP = 5;

const prefixed = ({ p50, p99 }: { p50: number; p99: number }) => ({ 'p50 ms': p50, 'p99 ms': p99 });

/** How long until each of 500 connected members has heard of a reply, from the moment it was sent. */
async function measureFanOut(web: Running, cookies: string[], number: number, when: string): Promise<void> {
  const sockets = await Promise.all(cookies.map((cookie) => new Promise<Socket>((resolve, reject) => {
    const socket = io(`${web.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
    socket.on('connect_error', reject).on('connect', () => socket.emit('subscribe', `thread:${number}`, ({ ok }: { ok: boolean }) => (ok ? resolve(socket) : reject(new Error('refused')))));
  })));
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + 40; round += 1) {
    const heard = sockets.map((socket) => new Promise<number>((resolve) => socket.once('thread:changed', () => resolve(performance.now()))));
    const started = performance.now();
    await fetch(`${web.url}/api/v1/threads/${number}/posts`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: cookies[round] ?? '' }, body: JSON.stringify({ clientId: randomUUID(), html: '<p>Ecco.</p>' }) }).then((reply) => reply.arrayBuffer());
    const took = (await Promise.all(heard)).map((at) => at - started);
    if (round >= WARM_UP) times.push(...took);
  }
  report(`a reply reaches ${sockets.length} members, ${when} (to reach: p99 25 ms)`, prefixed(percentiles(times)));
  for (const socket of sockets) socket.close();
}

const stage = await openStage();
try {
  let web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  const cookies = await prepareMembers(stage);
  await fillThreads(stage, 1, 400);
  await web.stop();
  web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  // Not while it still looks through its courses
  await web.untilIdle();
  const yardstick = await startProcess('bench/yardstick.ts', stage, YARDSTICK, { YARDSTICK: JSON.stringify({ '/posts': { name: 'posts', text: 'select * from posts where thread_id = (select id from threads limit 1) order by sequence limit 20', values: [] } }) });
  process.stdout.write('\nCommunity: 400 threads of 10 posts, 20 kept-alive connections, one process, durable commits\n');
  reportLoad('ten posts, bare Koa + pg (yardstick)', await costed(yardstick, () => load(`${yardstick.url}/posts`)));
  await yardstick.stop();
  await measure(stage, web, cookies);
  report('memory of the web process, peak', { MB: await web.peakMemory() });
  if (process.env['MILLION'] === '1') {
    process.stdout.write('\nThe same with 1,000,000 posts\n');
    await fillThreads(stage, 401, 100_000);
    await measure(stage, web, cookies);
  }
  await web.stop();
} finally {
  await stage.close();
}
process.exit(0);
