import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkHome } from '../contract/community.ts';
import type { SearchPage } from '../contract/search.ts';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread } from './factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

const home = async (client: TestClient, { key }: { key: string }) => (await client.get<NetworkHome>(`networks/${key}`)).body;

/** The same counted anew, thread by thread. */
async function recounted({ id }: { id: string }) {
  const { rows: [counts] } = await database().raw<{ rows: object[] }>(
    `select count(*)::int as threads, (count(*) filter (where accepted_post_id is null and closed_at is null))::int as unanswered,
            (select count(*)::int from network_members where network_id = :id and status = 'active') as members from threads where network_id = :id and deleted_at is null`, { id });
  const { rows: tags } = await database().raw<{ rows: object[] }>('select tag, count(*)::int as threads from threads t, unnest(t.tags) tag where t.network_id = ? and t.deleted_at is null group by tag order by 2 desc, 1', [id]);
  return { ...counts, tags };
}

describe('the counts of a network', () => {
  it('are what a recount gives, whatever happens to its threads and members', async () => {
    const [network, other] = [await aNetwork(), await aNetwork()];
    const [member, moderator] = [await app.as(await aMember(network)), await app.as(await aModerator(network))];
    const threads: { number: number; postId: string }[] = [];
    for (const tags of [['gara', 'bando'], ['gara'], [], ['bando'], ['gara', 'soglia']]) threads.push(await aThread(member, network, { tags }));
    const steps: (() => Promise<unknown>)[] = [
      async () => undefined,
      () => moderator.put(`threads/${threads[0]?.number}/closure`, {}),
      async () => member.put(`threads/${threads[1]?.number}/acceptance`, { postId: (await aReply(moderator, threads[1]?.number ?? 0)).id }),
      () => member.patch(`threads/${threads[2]?.number}`, { tags: ['soglia', 'nuovo'] }),
      () => moderator.put(`threads/${threads[4]?.number}/removal`, { reason: 'Doppione di un\u2019altra' }),
      () => moderator.delete(`threads/${threads[0]?.number}/closure`),
      async () => aMember(network),
      async () => database()('threads').where({ number: threads[3]?.number }).update({ network_id: other.id }),
      async () => (await app.as(await aMember(network))).delete(`networks/${network.key}/membership`),
    ];
    const seen: unknown[] = [];
    for (const step of steps) {
      await step();
      for (const one of [network, other]) expect(await home(moderator, one)).toMatchObject(await recounted(one));
      seen.push((await home(moderator, network)).unanswered);
    }
    // It could have failed: the steps do change the counts
    expect(seen).toEqual([5, 4, 3, 3, 2, 3, 3, 2, 2]);
  });

  it('tell each member what is new to her: after her mark, and not read to its end', async () => {
    const network = await aNetwork();
    const [reader, writer] = [await app.as(await aMember(network)), await app.as(await aMember(network))];
    const [first, second] = [await aThread(writer, network), await aThread(writer, network)];
    const unread = async () => (await home(reader, network)).unread;
    expect(await unread()).toBe(2);
    await reader.put(`threads/${first.number}/reading`, { sequence: 1 });
    expect(await unread()).toBe(1);
    await aReply(writer, first.number);
    expect(await unread()).toBe(2);
    await reader.put(`networks/${network.key}/reading`);
    expect(await unread()).toBe(0);
    await aReply(writer, second.number);
    expect(await unread()).toBe(1);
    await (await app.as(await aModerator(network))).put(`threads/${second.number}/removal`, { reason: 'Fuori argomento' });
    expect(await unread()).toBe(0);
  });

  it('count the old ones where the new ones are many', async () => {
    const network = await aNetwork();
    const member = await aMember(network);
    await database().raw(
      `insert into threads (network_id, title, author_id, created_at, last_sequence, last_post_at, last_author_id)
         select :network, 'Discussione ' || i, :author, at, 1, at, :author from generate_series(1, 2500) i, lateral (select now() - make_interval(mins => 61 - i % 62) as at) x`, { network: network.id, author: member.id });
    const { rows: [counted] } = await database().raw<{ rows: { n: number }[] }>('select count(*)::int as n from threads t join network_members m using (network_id) where t.network_id = ? and m.person_id = ? and t.last_post_at > m.read_until', [network.id, member.id]);
    expect(counted?.n).toBeGreaterThan(2000);
    expect(counted?.n).toBeLessThan(2500);
    expect((await home(await app.as(member), network)).unread).toBe(counted?.n);
  });
});

describe('a search among many slices', () => {
  it('goes on to the oldest posts where the newest do not say it', async () => {
    const network = await aNetwork();
    const client = await app.as(await aMember(network));
    const { number } = await aThread(client, network, { title: 'Lo zibibbo di Pantelleria' });
    // As if many slices had been written since
    await database().raw("select setval(pg_get_serial_sequence('posts', 'ordinal'), (select max(ordinal) from posts) + 50000)");
    const later = await aThread(client, network, { title: 'Ancora lo zibibbo' });
    const { body } = await client.get<SearchPage>('search?q=zibibbo');
    expect(body.items.map(({ thread }) => thread.number).sort()).toEqual([number, later.number].sort());
  });
});
