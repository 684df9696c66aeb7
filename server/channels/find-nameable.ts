import type { ChannelMessageInput } from '../contract/channels.ts';
import type { BodyKind } from '../contract/territory.ts';
import { belongs } from '../community/reach.ts';
import { database } from '../database/connection.ts';
import type { Tx } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';
import { findChannel, requireChannelWriting } from './channel.ts';
import { type FoundChannel, isInEdition } from './find-places.ts';

export interface NameableRow {
  id: string;
  name: string;
  body: string | null;
  kind: BodyKind | null;
}

const HERE = 'p.confirmed_at is not null and p.suspended_at is null';
/** Whether `p` is in the channel of `:place`. */
const isIn = ({ kind }: Pick<FoundChannel, 'kind'>): string => (kind === 'network' ? belongs('p.id', ':place') : `exists (select from editions ed where ed.id = :place and ${isInEdition('p.id')})`);

/** People of a channel whose name has all these words, for who writes in it: names and bodies, no addresses. @throws AppError as `findChannel` and `requireChannelWriting` */
export async function findNameable(actor: Actor, place: string, q: string): Promise<NameableRow[]> {
  const channel = await findChannel(actor, place);
  requireChannelWriting(channel);
  const words = q.split(/\s+/).filter(Boolean).map((word) => `%${word.replaceAll(/[%_\\]/g, '\\$&')}%`);
  const { rows } = await database().raw<{ rows: NameableRow[] }>(
    `select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from people p left join bodies b on b.id = p.body_id
      where p.id <> :actor and ${HERE} and ${isIn(channel)} and not exists (select from unnest(:words ::text[]) w where plain(p.given_name || ' ' || p.family_name) not like plain(w))
      order by p.family_name collate "it-x-icu", p.given_name collate "it-x-icu", p.id limit 8`,
    { actor: actor.id, place: channel.place_id, words },
  );
  return rows;
}

/** Of those whom a message is said to name, those who are in the channel and whose name stands in it. */
export async function namedIn(tx: Tx, channel: FoundChannel, actor: Actor, { named, text }: Pick<ChannelMessageInput, 'named' | 'text'>): Promise<string[]> {
  if (named.length === 0) return [];
  const { rows } = await tx.raw<{ rows: { id: string; name: string }[] }>(
    `select p.id, p.given_name || ' ' || p.family_name as name from people p where p.id = any(:named ::uuid[]) and p.id <> :actor and ${HERE} and ${isIn(channel)} order by p.id`,
    { named, actor: actor.id, place: channel.place_id },
  );
  return rows.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
}
