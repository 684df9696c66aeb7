import type { Channel, ChannelCard, ChannelHits, ChannelMessage } from '../contract/channels.ts';
import { authorOf } from '../community/present.ts';
import type { Language } from '../http/actor.ts';
import { messageOf } from '../http/messages.ts';
import { partsOf } from '../words/excerpt.ts';
import { channelRefusal } from './channel.ts';
import type { FoundChannel } from './find-places.ts';
import type { ChannelRow } from './list-channels.ts';
import type { ChannelMessageRow } from './list-messages.ts';
import { type ChannelHitRow, HITS_A_PAGE } from './search-messages.ts';

export const presentChannelMessage = ({ sequence, at, author_id, author_name, author_body, author_kind, client_id, text, hidden_at, named }: ChannelMessageRow): ChannelMessage => ({
  sequence, at: at.toISOString(), author: authorOf(author_id, author_name, author_body, author_kind), clientId: client_id, text: hidden_at ? null : text, named: hidden_at ? [] : named,
});

export const presentChannelCard = ({ place, kind, title, last_at, excerpt, author, unread }: ChannelRow): ChannelCard => ({ place, kind, title, lastAt: last_at?.toISOString() ?? null, excerpt, author, unread });

export function presentChannel(channel: FoundChannel, rows: ChannelMessageRow[], language: Language): Channel {
  const refusal = channelRefusal(channel);
  return {
    place: channel.place, kind: channel.kind, title: channel.title, href: channel.href, lastSequence: channel.last_sequence, readSequence: channel.read_sequence, messages: rows.map(presentChannelMessage),
    refusal: refusal && { code: refusal.code, text: messageOf(refusal.code, language, refusal.params) }, abilities: { write: refusal === null, moderate: channel.moderates },
  };
}

export function presentHits(rows: ChannelHitRow[]): ChannelHits {
  const items = rows.slice(0, HITS_A_PAGE);
  return {
    items: items.map(({ sequence, at, author_id, author_name, author_body, author_kind, excerpt }) => ({ sequence, at: at.toISOString(), author: authorOf(author_id, author_name, author_body, author_kind), parts: partsOf(excerpt) })),
    next: rows.length > HITS_A_PAGE ? (items.at(-1)?.sequence ?? null) : null,
  };
}
