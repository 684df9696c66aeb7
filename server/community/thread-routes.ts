import { z } from 'zod';
import { Empty, Id } from '../contract/common.ts';
import {
  Acceptance, Interest, NetworkKey, OptionalReason, PostInput, PostList, PostsQuery, ReadingInput, ReadingState, ReasonInput, ThreadChange, ThreadInput, ThreadOrHeld, ThreadPage, ThreadQuery, ThreadView,
} from '../contract/community.ts';
import { SearchPage, SearchQuery } from '../contract/search.ts';
import { anyone, signedIn } from '../http/access.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { FileReply, Reply, routesOf } from '../http/route.ts';
import { acceptAnswer } from './accept-answer.ts';
import { changeThread, closeThread, pinThread, removeThread } from './keep-order.ts';
import { leads, listThreads } from './list-threads.ts';
import { markRead, shareInterest } from './mark-read.ts';
import { repliesPerHour, threadsPerHour } from './moderation/trust.ts';
import { presentHit, presentPost, presentSummary } from './present.ts';
import { readFeed } from './read-feed.ts';
import { readThread } from './read-thread.ts';
import { reply } from './reply.ts';
import { searchPosts } from './search-posts.ts';
import { startThread } from './start-thread.ts';
import { viewThread } from './view-thread.ts';
import { searchPage } from '../words/search-page.ts';

const { route, routes } = routesOf('community');

const byKey = z.object({ key: NetworkKey });
const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) });

route({
  method: 'get', path: '/networks/:key/threads', summary: 'Threads of a network, newest post first', access: anyone, params: byKey, query: ThreadQuery, response: ThreadPage,
  async handle({ actor, params, query: { filter, tag, cursor, limit } }) {
    const after = cursor ? decodeCursor(cursor, z.tuple([z.literal([0, 1]), z.iso.datetime(), Id])) : undefined;
    const { items, next } = toPage(await listThreads(actor, params.key, { filter, tag: tag?.toLowerCase(), after, limit }), limit, (last) => [leads(filter, last) ? 1 : 0, last.last_post_at.toISOString(), last.id]);
    return { items: items.map(presentSummary), next };
  },
});

route({
  method: 'post', path: '/networks/:key/threads', summary: 'Ask or tell something in a network', access: signedIn, params: byKey, body: ThreadInput, response: ThreadOrHeld, status: 201, limit: { points: 20, seconds: 3600, of: threadsPerHour },
  async handle({ actor, params, body }) {
    const number = await startThread(actor, params.key, body);
    return number === null ? new Reply(202, { held: true as const }) : viewThread(actor, number);
  },
});

route({
  method: 'get', path: '/threads/:number', summary: 'A thread with some of its posts', access: anyone, params: byNumber, query: PostsQuery, response: ThreadView,
  handle: ({ actor, params, query }) => viewThread(actor, params.number, query),
});

route({
  method: 'patch', path: '/threads/:number', summary: 'Change title and tags', access: signedIn, params: byNumber, body: ThreadChange, response: ThreadView,
  async handle({ actor, params, body }) {
    await changeThread(actor, params.number, body);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'get', path: '/threads/:number/posts', summary: 'Posts of a thread from a sequence on: how a client catches up', access: anyone, params: byNumber, query: PostsQuery, response: PostList,
  async handle({ actor, params, query: { from, limit } }) {
    const { thread, posts } = await readThread(actor, params.number, { from, limit });
    return { items: posts.map((row) => presentPost(row, thread, actor)), lastSequence: thread.last_sequence };
  },
});

route({
  method: 'post', path: '/threads/:number/posts', summary: 'Answer in a thread', access: signedIn, params: byNumber, body: PostInput, response: PostList, status: 201, limit: { points: 120, seconds: 3600, here: true, of: repliesPerHour },
  async handle({ actor, params, body }) {
    const { thread, posts, lastSequence } = await reply(actor, params.number, body);
    if (posts === null) return new Reply(202, { items: [], lastSequence, held: true });
    return { items: posts.map((row) => presentPost(row, thread, actor)), lastSequence, ...(thread.number === params.number ? {} : { elsewhere: { network: thread.network_key, number: thread.number } }) };
  },
});

route({
  method: 'put', path: '/threads/:number/reading', summary: 'I have read so far', access: signedIn, params: byNumber, body: ReadingInput, response: ReadingState,
  handle: async ({ actor, params, body }) => ({ readSequence: await markRead(actor, params.number, body.sequence) }),
});

route({
  method: 'put', path: '/threads/:number/acceptance', summary: 'This post solved it', access: signedIn, params: byNumber, body: Acceptance, response: ThreadView,
  async handle({ actor, params, body }) {
    await acceptAnswer(actor, params.number, body.postId);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'delete', path: '/threads/:number/acceptance', summary: 'It is not solved after all', access: signedIn, params: byNumber, response: ThreadView,
  async handle({ actor, params }) {
    await acceptAnswer(actor, params.number, null);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'put', path: '/threads/:number/interest', summary: 'We have this question too', access: signedIn, params: byNumber, response: Interest,
  handle: ({ actor, params }) => shareInterest(actor, params.number, true),
});

route({
  method: 'delete', path: '/threads/:number/interest', summary: 'We do not have it any more', access: signedIn, params: byNumber, response: Interest,
  handle: ({ actor, params }) => shareInterest(actor, params.number, false),
});

route({
  method: 'put', path: '/threads/:number/closure', summary: 'Close a thread', access: signedIn, params: byNumber, body: OptionalReason, response: ThreadView,
  async handle({ actor, params, body }) {
    await closeThread(actor, params.number, body);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'delete', path: '/threads/:number/closure', summary: 'Open a thread again', access: signedIn, params: byNumber, response: ThreadView,
  async handle({ actor, params }) {
    await closeThread(actor, params.number, null);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'put', path: '/threads/:number/pin', summary: 'Keep a thread at the head of the list', access: signedIn, params: byNumber, response: ThreadView,
  async handle({ actor, params }) {
    await pinThread(actor, params.number, true);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'delete', path: '/threads/:number/pin', summary: 'Let it go from there', access: signedIn, params: byNumber, response: ThreadView,
  async handle({ actor, params }) {
    await pinThread(actor, params.number, false);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'put', path: '/threads/:number/removal', summary: 'Remove a whole thread, with a reason', access: signedIn, params: byNumber, body: ReasonInput, response: Empty,
  async handle({ actor, params, body }) {
    await removeThread(actor, params.number, body.reason);
    return {};
  },
});

route({
  method: 'get', path: '/networks/:key/feed', summary: 'What is new in a public network, as an Atom feed', access: anyone, params: byKey, response: 'application/atom+xml',
  handle: async ({ actor, params }) => new FileReply('application/atom+xml; charset=utf-8', await readFeed(actor, params.key), { headers: { 'Cache-Control': 'public, max-age=300' } }),
});

route({
  method: 'get', path: '/search', summary: 'Search what has been written in the networks that one may read', access: anyone, query: SearchQuery, response: SearchPage, limit: { points: 240, seconds: 60 },
  handle: ({ actor, query: { q, exact, cursor, limit, ...filters } }) => searchPage({ q, exact, cursor, limit }, (order) => searchPosts(actor, { ...order, filters }), presentHit),
});

export const threadRoutes = routes;
