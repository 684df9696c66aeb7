import type { BodyKind } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import type { FoundChannel } from './find-places.ts';

export interface ChannelMessageRow {
  sequence: number;
  at: Date;
  author_id: string;
  author_name: string;
  author_body: string | null;
  author_kind: BodyKind | null;
  client_id: string;
  text: string;
  hidden_at: Date | null;
  named: { id: string; name: string }[];
}

/** As many as anybody still sees on a page. */
const MOST_HIDDEN = 200;

const AUTHOR = `x.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind`;
export const MESSAGE = `x.sequence, x.at, ${AUTHOR}, x.client_id, x.text, x.hidden_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name) order by p.id) from channel_mentions k join people p on p.id = k.person_id where k.channel_id = x.channel_id and k.sequence = x.sequence), '[]') as named`;
export const WRITTEN = 'from channel_messages x join people a on a.id = x.author_id left join bodies b on b.id = a.body_id';

const LIST = `select ${MESSAGE} ${WRITTEN} where x.channel_id = $1 and x.sequence >= $2 order by x.sequence limit $3`;
const HIDDEN = `select sequence from channel_messages where channel_id = $1 and sequence < $2 and hidden_at is not null order by sequence desc limit ${MOST_HIDDEN}`;

/** Messages of a channel from a number on, or the newest ones; with the numbers before them that were taken away, perhaps while one was not there. */
export async function listChannelMessages({ channel_id, last_sequence }: Pick<FoundChannel, 'channel_id' | 'last_sequence'>, { from, limit }: { from?: number | undefined; limit: number }): Promise<{ rows: ChannelMessageRow[]; hidden: number[] }> {
  if (channel_id === null) return { rows: [], hidden: [] };
  const first = from ?? Math.max(1, last_sequence - limit + 1);
  const [rows, hidden] = await Promise.all([
    prepared<ChannelMessageRow>('channel-messages', LIST, [channel_id, first, limit]),
    from === undefined ? [] : prepared<{ sequence: number }>('channel-hidden', HIDDEN, [channel_id, first]),
  ]);
  return { rows, hidden: hidden.map(({ sequence }) => sequence) };
}
