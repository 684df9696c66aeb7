import type { BodyKind } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import { ask } from '../words/ask.ts';
import { excerptIn } from '../words/excerpt.ts';
import { findChannel } from './channel.ts';
import { WRITTEN } from './list-messages.ts';

export interface ChannelHitRow {
  sequence: number;
  at: Date;
  author_id: string;
  author_name: string;
  author_body: string | null;
  author_kind: BodyKind | null;
  excerpt: string;
}

export const HITS_A_PAGE = 20;

const FIND = `select x.sequence, x.at, x.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind, ${excerptIn('x.text', "websearch_to_tsquery('italian_plain', $2)")} as excerpt
  ${WRITTEN} where x.channel_id = $1 and x.hidden_at is null and x.search @@ websearch_to_tsquery('italian_plain', $2) and ($3::integer is null or x.sequence < $3) order by x.sequence desc limit ${HITS_A_PAGE + 1}`;

/** Messages of a channel that say what was asked for, the newest first; one row too many. @throws AppError as `findChannel` */
export async function searchChannel(actor: Actor, place: string, { q, before }: { q: string; before?: number | undefined }): Promise<ChannelHitRow[]> {
  const { channel_id } = await findChannel(actor, place);
  return channel_id === null ? [] : prepared<ChannelHitRow>('channel-search', FIND, [channel_id, ask(q).text, before ?? null]);
}
