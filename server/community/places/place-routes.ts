import { z } from 'zod';
import { MergeInput, MoveInput, SplitInput, Successor, SuccessorQuery, ThreadView } from '../../contract/community.ts';
import { anyone, signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { viewThread } from '../view-thread.ts';
import { findSuccessor } from './find-successor.ts';
import { mergeThreads } from './merge-threads.ts';
import { moveThread } from './move-thread.ts';
import { splitThread } from './split-thread.ts';

const { route, routes } = routesOf('community');

const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) });

/** A moderator puts a network in order; nobody does so a hundred times an hour. */
const ACTS = { points: 120, seconds: 3600 };

route({
  method: 'put', path: '/threads/:number/network', summary: 'Move a thread to another network', access: signedIn, params: byNumber, body: MoveInput, response: ThreadView, limit: ACTS,
  async handle({ actor, params, body }) {
    await moveThread(actor, params.number, body);
    return viewThread(actor, params.number);
  },
});

route({
  method: 'post', path: '/threads/:number/splits', summary: 'Take posts out into a thread of their own', access: signedIn, params: byNumber, body: SplitInput, response: ThreadView, status: 201, limit: ACTS,
  handle: async ({ actor, params, body }) => viewThread(actor, await splitThread(actor, params.number, body)),
});

route({
  method: 'put', path: '/threads/:number/merger', summary: 'Make a thread part of another', access: signedIn, params: byNumber, body: MergeInput, response: ThreadView, limit: ACTS,
  async handle({ actor, params, body }) {
    await mergeThreads(actor, params.number, body);
    return viewThread(actor, body.into);
  },
});

route({
  method: 'get', path: '/threads/:number/successor', summary: 'Where an old address of a thread leads', access: anyone, params: byNumber, query: SuccessorQuery, response: Successor,
  async handle({ actor, params, query }) {
    const { network_key, number, sequence } = await findSuccessor(actor, params.number, query.sequence);
    return { network: network_key, number, sequence };
  },
});

export const placeRoutes = routes;
