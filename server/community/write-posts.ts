import { prepared } from '../database/prepared.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { once, type PostOrder, rowOf, writePost, type Written, type WrittenAnswer } from './write-post.ts';

/** More than these wait for the next time. */
const MOST_TOGETHER = 32;

interface Waiting {
  actor: Pick<Actor, 'id' | 'bodyId'>;
  order: PostOrder;
  done(written: Written): void;
  failed(error: unknown): void;
}

/**
 * As `writePost`, for many posts of as many threads in one statement. Each is numbered after those before it; an author stands in it once a thread.
 * Of a thread that somebody else holds nothing is written: the others do not wait for it.
 */
const WRITE = `
  with o as (
    select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::integer[]) with ordinality as x (author_id, body_id, thread_id, network_id, html, words, client_id, read, place)),
  sent as (select p.id, p.sequence, o.place from o join posts p on p.author_id = o.author_id and p.client_id = o.client_id),
  fresh as (
    select o.*, row_number() over (partition by thread_id, network_id order by place) as nth, count(*) over (partition by thread_id, network_id) as many,
           last_value(author_id) over (partition by thread_id, network_id order by place rows between unbounded preceding and unbounded following) as last_author
      from o where not exists (select from sent s where s.place = o.place)),
  locked as (select id from threads where id in (select thread_id from fresh) order by id for no key update skip locked),
  numbered as (
    update threads t set last_sequence = t.last_sequence + f.many, last_post_at = greatest(t.last_post_at, $1::timestamptz), last_author_id = f.last_author
      from (select distinct thread_id, network_id, many, last_author from fresh) f
     where t.id = f.thread_id and t.network_id = f.network_id and t.deleted_at is null and exists (select from locked l where l.id = t.id)
    returning t.id, t.network_id, t.last_sequence - f.many as before, t.last_post_at),
  post as (
    insert into posts (thread_id, sequence, author_id, body_id, html, words, near, search, created_at, client_id)
    select f.thread_id, n.before + f.nth, f.author_id, f.body_id, f.html, f.words, left(plain(' ' || f.words), 8000), setweight(to_tsvector('italian_plain', left(f.words, 100000)), 'B'), n.last_post_at, f.client_id
      from fresh f join numbered n on n.id = f.thread_id and n.network_id = f.network_id order by f.place
    returning id, thread_id, sequence, created_at, author_id, client_id),
  read as (
    insert into thread_readings as r (person_id, thread_id, sequence, read_at)
    select p.author_id, p.thread_id, case when f.read >= p.sequence - 1 then p.sequence else f.read end, $1 from post p join fresh f on f.author_id = p.author_id and f.client_id = p.client_id
    on conflict (person_id, thread_id) do update set read_at = excluded.read_at, sequence = (
      select case when greatest(r.sequence, excluded.sequence) >= p.sequence - 1 then p.sequence else greatest(r.sequence, excluded.sequence) end
        from post p where p.author_id = excluded.person_id and p.thread_id = excluded.thread_id))
  select f.place::int, p.id, p.sequence, p.created_at, false as sent, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind
    from post p join fresh f on f.author_id = p.author_id and f.client_id = p.client_id join people a on a.id = p.author_id left join bodies b on b.id = f.body_id
  union all select place::int, id, sequence, null, true, null, null, null from sent`;

let waiting: Waiting[] = [];
let isWriting = false;

/**
 * Writes a post that brings and names nothing, with those that others write at this moment: replies come in crowds, and one commit for all of them costs little more than one for
 * each. Outside any transaction. @throws AppError 404 as `writePost`
 */
export function writeWithOthers(actor: Pick<Actor, 'id' | 'bodyId'>, order: PostOrder): Promise<Written> {
  const written = new Promise<Written>((done, failed) => waiting.push({ actor, order, done, failed }));
  if (!isWriting) void writeAll();
  return written;
}

async function writeAll(): Promise<void> {
  isWriting = true;
  try {
    while (waiting.length > 0) {
      const batch = takeTogether();
      // What fails for all may go well for each, or fails for one alone. Nobody waits for those
      const left = await together(batch).catch(() => batch);
      for (const one of left) void alone(one);
    }
  } finally {
    isWriting = false;
  }
}

/** Those that come first, as far as no two of them are the same one's in the same thread: they wait for each other. */
function takeTogether(): Waiting[] {
  const [taken, left]: [Waiting[], Waiting[]] = [[], []];
  const there = new Set<string>();
  for (const one of waiting) {
    const keys = [`${one.actor.id} ${one.order.thread.id}`, `${one.actor.id} ${one.order.clientId}`];
    if (taken.length < MOST_TOGETHER && !keys.some((key) => there.has(key))) {
      for (const key of keys) there.add(key);
      taken.push(one);
    } else left.push(one);
  }
  waiting = left;
  return taken;
}

async function alone({ actor, order, done, failed }: Waiting): Promise<void> {
  await once(() => transaction((tx) => writePost(tx, actor, order))).then(done, failed);
}

/** @returns those that were not written: their thread is held by somebody, elsewhere or gone. */
async function together(batch: Waiting[]): Promise<Waiting[]> {
  const answers = await transaction(async (tx) => {
    const each = <T>(value: (one: Waiting) => T): T[] => batch.map(value);
    const rows = await prepared<WrittenAnswer & { place: number }>('posts-write', WRITE, [
      clock.now(), each(({ actor }) => actor.id), each(({ actor }) => actor.bodyId), each(({ order }) => order.thread.id), each(({ order }) => order.thread.network_id), each(({ order }) => order.markup.html),
      each(({ order }) => order.markup.words), each(({ order }) => order.clientId), each(({ order }) => order.read),
    ]);
    await tell(tx, batch, rows);
    return new Map(rows.map((row) => [row.place, row]));
  });
  return batch.filter(({ actor, order, done }, i) => {
    const answer = answers.get(i + 1);
    if (!answer) return true;
    const { place: _, sent, ...post } = answer;
    done({ id: post.id, sequence: post.sequence, row: sent ? null : rowOf(post, actor, order) });
    return false;
  });
}

/** Each thread says once how far it goes, each network which thread it was. */
async function tell(tx: Tx, batch: readonly Waiting[], rows: readonly (WrittenAnswer & { place: number })[]): Promise<void> {
  const threads = new Map<string, { thread: PostOrder['thread']; lastSequence: number }>();
  const fresh = rows.filter(({ sent }) => !sent);
  for (const { place, sequence } of fresh) {
    const thread = batch[place - 1]?.order.thread;
    if (thread && sequence > (threads.get(thread.id)?.lastSequence ?? 0)) threads.set(thread.id, { thread, lastSequence: sequence });
  }
  for (const { thread: { number, network_id }, lastSequence } of threads.values()) {
    publish(tx, roomOf.topic(`thread:${number}`), 'thread:changed', { number, lastSequence });
    publish(tx, roomOf.topic(`network:${network_id}`), 'network:changed', { thread: number });
  }
  if (fresh.length > 0) await record(tx, 'posts.written', { postIds: fresh.map(({ id }) => id) });
}
