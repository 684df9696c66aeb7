import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { io, type Socket } from 'socket.io-client';
import { openSessions } from './dataset.ts';
import { burst, load, percentiles, report, reportLoad } from './measure.ts';
import { openStage, type Running, type Stage, startProcess } from './stage.ts';

/** `npm run bench:community`: 400 threads of 10 posts, then (`MILLION=1`) 100,000 threads of 10. Nothing here passes or fails: it prints. */
const WEB = 3921;
const YARDSTICK = 3922;
const MEMBERS = 500;
const WORDS = ['convenzione', 'gara', 'affidamento', 'comune', 'provincia', 'bando', 'rendicontazione', 'fabbisogno', 'piano', 'delibera', 'accessibilità', 'qualificazione', 'piattaforma', 'contratto', 'graduatoria', 'fondo', 'spesa', 'ufficio', 'dirigente', 'soglia'];

async function fill({ pool }: Stage, threads: number, from: number): Promise<void> {
  await pool.query(
    `with texts as (
       -- Some words of the trade among many others: one of them is in about one post of ten
       select t, s, (select string_agg(case when w % 30 = 0 then ($1::text[])[1 + (t * 7 + s * 3 + w) % 20] else 'parola' || (t * 31 + s * 17 + w * 13) % 3000 end, ' ') from generate_series(1, 60) w) as words from generate_series($2::int, $3::int) t, generate_series(1, 10) s),
     made as (
       insert into threads (network_id, title, tags, author_id, body_id, created_at, last_sequence, last_post_at, last_author_id)
       select n.id, 'Domanda di prova numero ' || t, array[($1::text[])[1 + t % 20]], p.id, p.body_id, now() - make_interval(mins => t), 10, now() - make_interval(mins => t) + interval '30 seconds', p.id
         from generate_series($2::int, $3::int) t, networks n, lateral (select id, body_id from people where email = 'persona' || (1 + t % ${MEMBERS}) || '@bench.example') p where n.key = 'sua' returning id, title, author_id, body_id, created_at)
     insert into posts (thread_id, sequence, author_id, body_id, html, words, near, search, created_at, client_id)
     select m.id, s, m.author_id, m.body_id, '<p>' || words || '</p>', words, plain(words), to_tsvector('italian_plain', words), m.created_at + make_interval(secs => s), gen_random_uuid()
       from texts join made m on m.title = 'Domanda di prova numero ' || t`,
    [WORDS, from, from + threads - 1],
  );
}

async function prepare(stage: Stage): Promise<string[]> {
  const { pool } = stage;
  await pool.query(
    `insert into people (given_name, family_name, email, body_id, confirmed_at)
       select 'Nome' || i, 'Cognome' || i, 'persona' || i || '@bench.example', b.id, now() from generate_series(1, ${MEMBERS}) i, lateral (select id from bodies where kind = 'province' order by istat_code offset i % 80 limit 1) b`);
  await pool.query(
    `insert into network_members (network_id, person_id, status, requested_at, decided_at, read_until) select n.id, p.id, 'active', now() - interval '2 years', now(), now() - interval '2 years' from networks n, people p where n.key = 'sua' and p.email like '%@bench.example'`);
  const { rows } = await pool.query<{ id: string }>(`select id from people where email like '%@bench.example' order by email`);
  return openSessions(stage, rows.map(({ id }) => id));
}

/** The same load spread over many people, because one alone may not ask so often. */
async function crowd(url: string, cookies: string[], request: (i: number) => { method?: 'GET' | 'POST'; path: string; body?: string }, seconds = 8) {
  let next = 0;
  const requests = [{ setupRequest: (given: autocannon.Request) => {
    const i = (next += 1);
    const { method = 'GET', path, body } = request(i);
    return { ...given, method, path, ...(body === undefined ? {} : { body }), headers: { cookie: cookies[i % cookies.length] ?? '', ...(body === undefined ? {} : { 'content-type': 'application/json' }) } };
  } }];
  await autocannon({ url, connections: 20, duration: 2, requests });
  const { requests: { average }, latency, non2xx, errors } = await autocannon({ url, connections: 20, duration: seconds, requests });
  return { rps: average, p50: latency.p50, p99: latency.p99, failures: non2xx + errors };
}

async function measure(stage: Stage, web: Running, cookies: string[]): Promise<void> {
  const { pool } = stage;
  const headers = { cookie: cookies[0] ?? '' };
  const { rows } = await pool.query<{ number: number }>('select number from threads order by last_post_at desc limit 400');
  const numbers = rows.map(({ number }) => number);
  reportLoad('thread list as JSON, a member (to reach: 600/s)', await load(`${web.url}/api/v1/networks/sua/threads`, { headers }));
  reportLoad('thread as JSON, a member (to reach: 900/s)', await load(`${web.url}/api/v1/threads/${numbers[3]}`, { headers }));
  reportLoad('thread list as a page (to reach: 250/s)', await load(`${web.url}/reti/sua`, { headers }));
  reportLoad('thread as a page (to reach: 250/s)', await load(`${web.url}/reti/sua/discussioni/${numbers[3]}`, { headers }));
  reportLoad('search of one word, with excerpts (to reach: 200/s)', await crowd(web.url, cookies, (i) => ({ path: `/api/v1/search?q=${WORDS[i % WORDS.length]}` })));
  const table = `bench_posts_${numbers.length}_${Date.now()}`;
  await pool.query(`create table ${table} (id uuid default uuidv7() primary key, html text)`);
  const bare = await burst(Array.from({ length: 2000 }, () => async () => {
    await pool.query(`insert into ${table} (html) values ($1)`, ['<p>Risposta</p>']);
  }), 20);
  report('one durable insert through pg, 20 at once (yardstick)', { 'a second': Math.round(20_000 / (bare.reduce((a, b) => a + b, 0) / bare.length)), ...prefixed(percentiles(bare)) });
  reportLoad('replies (to reach: 500/s)', await crowd(web.url, cookies, (i) => ({ method: 'POST', path: `/api/v1/threads/${numbers[i % numbers.length]}/posts`, body: JSON.stringify({ clientId: randomUUID(), html: '<p>Da noi si fa con una <strong>convenzione</strong> e un disciplinare.</p>' }) })));
  await measureFanOut(web, cookies, numbers[0] ?? 1);
}

const prefixed = ({ p50, p99 }: { p50: number; p99: number }) => ({ 'p50 ms': p50, 'p99 ms': p99 });

/** How long until each of 500 connected members has heard of a reply, from the moment it was sent. */
async function measureFanOut(web: Running, cookies: string[], number: number): Promise<void> {
  const sockets = await Promise.all(cookies.map((cookie) => new Promise<Socket>((resolve, reject) => {
    const socket = io(`${web.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
    socket.on('connect_error', reject).on('connect', () => socket.emit('subscribe', `thread:${number}`, ({ ok }: { ok: boolean }) => (ok ? resolve(socket) : reject(new Error('refused')))));
  })));
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const heard = sockets.map((socket) => new Promise<number>((resolve) => socket.once('thread:changed', () => resolve(performance.now()))));
    const started = performance.now();
    await fetch(`${web.url}/api/v1/threads/${number}/posts`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: cookies[round] ?? '' }, body: JSON.stringify({ clientId: randomUUID(), html: '<p>Ecco.</p>' }) }).then((reply) => reply.arrayBuffer());
    times.push(...(await Promise.all(heard)).map((at) => at - started));
  }
  report(`a reply reaches ${sockets.length} members, sent to heard (to reach: p99 25 ms)`, prefixed(percentiles(times)));
  for (const socket of sockets) socket.close();
}

const stage = await openStage();
try {
  let web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  const cookies = await prepare(stage);
  await fill(stage, 400, 1);
  await stage.pool.query('analyze');
  await web.stop();
  web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  const yardstick = await startProcess('bench/yardstick.ts', stage, YARDSTICK, { YARDSTICK: JSON.stringify({ '/posts': { name: 'posts', text: 'select * from posts where thread_id = (select id from threads limit 1) order by sequence limit 20', values: [] } }) });
  process.stdout.write('\nCommunity: 400 threads of 10 posts, 20 kept-alive connections, one process, durable commits\n');
  reportLoad('ten posts, bare Koa + pg (yardstick)', await load(`${yardstick.url}/posts`));
  await yardstick.stop();
  await measure(stage, web, cookies);
  report('memory of the web process, peak', { MB: await web.peakMemory() });
  if (process.env['MILLION'] === '1') {
    process.stdout.write('\nThe same with 1,000,000 posts\n');
    for (let from = 401; from < 100_000; from += 10_000) await fill(stage, Math.min(10_000, 100_000 - from), from);
    await stage.pool.query('vacuum analyze');
    await measure(stage, web, cookies);
  }
  await web.stop();
} finally {
  await stage.close();
}
process.exit(0);
