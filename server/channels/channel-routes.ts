import './messages.ts';
import { z } from 'zod';
import { Channel, ChannelHits, ChannelList, ChannelMessageInput, ChannelMessages, ChannelMessagesQuery, ChannelPeople, ChannelPlace, ChannelRead, ChannelReading, ChannelSearch, ChannelWritten } from '../contract/channels.ts';
import { Empty, text } from '../contract/common.ts';
import { presentCandidate } from '../community/present.ts';
import { messagesPerHour } from '../community/moderation/trust.ts';
import { signedIn } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { findChannel } from './channel.ts';
import { findNameable } from './find-nameable.ts';
import { listChannels } from './list-channels.ts';
import { listChannelMessages } from './list-messages.ts';
import { markChannelRead } from './mark-read.ts';
import { presentChannel, presentChannelCard, presentChannelMessage, presentHits } from './present.ts';
import { removeChannelMessage } from './remove-message.ts';
import { searchChannel } from './search-messages.ts';
import { writeChannelMessage } from './write-message.ts';

const { route, routes } = routesOf('channels');

const byPlace = z.object({ place: ChannelPlace });
/** Counted in the database: a restart forgives nothing. */
const WRITING = { points: 30, seconds: 3600, of: messagesPerHour };
const LIVELY = { points: 240, seconds: 60, here: true } as const;

route({
  method: 'get', path: '/channels', summary: 'The channels of my networks and editions, what was written last first', access: signedIn, response: ChannelList,
  handle: async ({ actor }) => ({ items: (await listChannels(actor)).map(presentChannelCard) }),
});

route({
  method: 'get', path: '/channels/:place', summary: 'A channel with its newest messages, or from a number on', access: signedIn, params: byPlace, query: ChannelMessagesQuery, response: Channel,
  async handle({ actor, params, query, language }) {
    const channel = await findChannel(actor, params.place);
    return presentChannel(channel, (await listChannelMessages(channel, query)).rows, language);
  },
});

route({
  method: 'get', path: '/channels/:place/messages', summary: 'Messages of a channel from a number on: how a client catches up', access: signedIn, params: byPlace, query: ChannelMessagesQuery, response: ChannelMessages,
  async handle({ actor, params, query }) {
    const channel = await findChannel(actor, params.place);
    const { rows, hidden } = await listChannelMessages(channel, query);
    return { items: rows.map(presentChannelMessage), hidden, lastSequence: channel.last_sequence };
  },
});

route({
  method: 'post', path: '/channels/:place/messages', summary: 'Write in a channel', access: signedIn, params: byPlace, body: ChannelMessageInput, response: ChannelWritten, status: 201, limit: WRITING,
  handle: async ({ actor, params, body }) => ({ message: await writeChannelMessage(actor, params.place, body) }),
});

route({
  method: 'put', path: '/channels/:place/messages/:sequence/removal', summary: 'Take a message of a channel away', access: signedIn, params: byPlace.extend({ sequence: z.coerce.number().int().min(1).max(2_000_000_000) }), body: Empty, response: Empty,
  async handle({ actor, params }) {
    await removeChannelMessage(actor, params.place, params.sequence);
    return {};
  },
});

route({
  method: 'put', path: '/channels/:place/reading', summary: 'I have read a channel so far', access: signedIn, params: byPlace, body: ChannelReading, response: ChannelRead, limit: LIVELY,
  handle: async ({ actor, params, body }) => ({ readSequence: await markChannelRead(actor, params.place, body.sequence) }),
});

route({
  method: 'get', path: '/channels/:place/search', summary: 'Messages of a channel that say this, the newest first', access: signedIn, params: byPlace, query: ChannelSearch, response: ChannelHits, limit: { points: 120, seconds: 60 },
  handle: async ({ actor, params, query }) => presentHits(await searchChannel(actor, params.place, query)),
});

route({
  method: 'get', path: '/channels/:place/people', summary: 'People of a channel whom who writes there may name', access: signedIn, params: byPlace, query: z.object({ q: text(1, 80) }), response: ChannelPeople, limit: LIVELY,
  handle: async ({ actor, params, query }) => ({ items: (await findNameable(actor, params.place, query.q)).map(presentCandidate) }),
});

export const channelRoutes = routes;
