import { Feed } from 'feed';
import { bodyTitle } from '../contract/body-name.ts';
import type { BodyKind } from '../contract/territory.ts';
import { config } from '../config.ts';
import { prepared } from '../database/prepared.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { loadReadable } from './load-network.ts';

interface Row {
  number: number;
  title: string;
  created_at: Date;
  last_post_at: Date;
  author: string;
  body: string | null;
  kind: BodyKind | null;
  words: string;
}

/** A reader of feeds asks often: what is new fits into this. */
const ENTRIES = 30;

/** Of the question, for who decides whether to open it. */
const EXCERPT = 400;

const NEWEST = `select t.number, t.title, t.created_at, t.last_post_at, a.given_name || ' ' || a.family_name as author, b.name as body, b.kind, left(p.words, ${EXCERPT + 1}) as words
  from threads t join posts p on p.thread_id = t.id and p.sequence = 1 join people a on a.id = t.author_id left join bodies b on b.id = t.body_id
 where t.network_id = $1 and t.deleted_at is null and p.deleted_at is null order by t.last_post_at desc, t.id desc limit ${ENTRIES}`;

/**
 * What is new in a public network, as an Atom feed (RFC 4287): nobody signs in there, so there is none of a members' network, for its
 * members neither. @throws AppError 404
 */
export async function readFeed(actor: Actor | null, key: string): Promise<string> {
  const { network } = await loadReadable(actor, key);
  if (network.reading !== 'public') throw notFound();
  const rows = await prepared<Row>('network-feed', NEWEST, [network.id]);
  const home = `${config.publicUrl}/reti/${network.key}`;
  const feed = new Feed({
    id: home, link: home, title: `${network.name} · Pi.Co.`, description: network.summary, language: 'it', copyright: '',
    feedLinks: { atom: `${config.publicUrl}/api/v1/networks/${network.key}/feed` },
    updated: rows[0] ? new Date(rows[0].last_post_at) : new Date(0),
  });
  for (const { number, title, created_at, last_post_at, author, body, kind, words } of rows) {
    const link = `${home}/discussioni/${number}`;
    const name = body !== null && kind !== null ? `${author}, ${bodyTitle({ name: body, kind })}` : author;
    feed.addItem({ id: link, link, title, date: new Date(last_post_at), published: new Date(created_at), author: [{ name }], description: words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words });
  }
  return feed.atom1();
}
