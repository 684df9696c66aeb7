import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { NetworkKey, Post, ReasonInput } from '../../contract/community.ts';
import { AppealInput, CaseCount, CaseDecision, CasePage, CaseQuery, FlagInput, HeldPosts, LiftInput, MeasurePage, MeasureQuery, TrustInput, TrustState } from '../../contract/moderation.ts';
import { signedIn } from '../../http/access.ts';
import { decodeCursor, toPage } from '../../http/pagination.ts';
import { routesOf } from '../../http/route.ts';
import { loadReadable } from '../load-network.ts';
import { viewPost } from '../view-post.ts';
import { appeal } from './appeal.ts';
import { decideCase } from './decide-case.ts';
import { flagPost } from './flag-post.ts';
import { grantTrust } from './grant-trust.ts';
import { listHeld } from './hold-post.ts';
import { liftMeasure, restorePost } from './lift-measure.ts';
import { countCases, listCases } from './list-cases.ts';
import { listMeasures } from './list-measures.ts';
import { presentCase, presentHeld, presentMeasure } from './present.ts';

const { route, routes } = routesOf('community');

const byId = z.object({ id: Id });

route({
  method: 'post', path: '/posts/:id/flags', summary: 'Tell the moderators about a post', access: signedIn, params: byId, body: FlagInput, response: Post, status: 201, limit: { points: 30, seconds: 3600 },
  handle: async ({ actor, params, body }) => viewPost(actor, params.id, await flagPost(actor, params.id, body)),
});

route({
  method: 'put', path: '/posts/:id/restoration', summary: 'Show a hidden post again, with a reason', access: signedIn, params: byId, body: ReasonInput, response: Post,
  handle: async ({ actor, params, body }) => viewPost(actor, params.id, await restorePost(actor, params.id, body.reason)),
});

route({
  method: 'get', path: '/networks/:key/held-posts', summary: 'What I wrote there and waits for a moderator', access: signedIn, params: z.object({ key: NetworkKey }), response: HeldPosts,
  async handle({ actor, params }) {
    const { network } = await loadReadable(actor, params.key);
    return { items: (await listHeld(actor, network.id)).map(presentHeld) };
  },
});

route({
  method: 'get', path: '/moderation/cases', summary: 'What waits for me as a moderator, oldest first', access: signedIn, query: CaseQuery, response: CasePage,
  async handle({ actor, query: { network, cursor, limit } }) {
    const after = cursor ? decodeCursor(cursor, z.tuple([z.iso.datetime(), Id])) : undefined;
    const { items, next } = toPage(await listCases(actor, { network, after, limit }), limit, (last) => [last.opened_at.toISOString(), last.id]);
    return { items: items.map((row) => presentCase(row, actor)), next };
  },
});

route({
  method: 'get', path: '/moderation/count', summary: 'How much waits for me as a moderator', access: signedIn, query: CaseQuery.pick({ network: true }), response: CaseCount,
  handle: async ({ actor, query }) => ({ open: await countCases(actor, query.network) }),
});

route({
  method: 'put', path: '/moderation/cases/:id/decision', summary: 'Decide on a flagged post, a held one, an appeal', access: signedIn, params: byId, body: CaseDecision, response: Empty,
  async handle({ actor, params, body }) {
    await decideCase(actor, params.id, body);
    return {};
  },
});

route({
  method: 'get', path: '/moderation/measures', summary: 'What moderators did to my words or to me; or what I may undo', access: signedIn, query: MeasureQuery, response: MeasurePage,
  async handle({ actor, query: { scope, network, cursor, limit } }) {
    const after = cursor ? decodeCursor(cursor, z.tuple([Id]))[0] : undefined;
    const { items, next } = toPage(await listMeasures(actor, { scope, network, after, limit }), limit, (last) => [last.id]);
    return { items: items.map((row) => presentMeasure(row, actor)), next };
  },
});

route({
  method: 'post', path: '/moderation/measures/:id/appeals', summary: 'Ask once for another look at a measure against me', access: signedIn, params: byId, body: AppealInput, response: Empty, status: 201,
  async handle({ actor, params, body }) {
    await appeal(actor, params.id, body.text);
    return {};
  },
});

route({
  method: 'put', path: '/moderation/measures/:id/lifting', summary: 'Take a measure back, with a reason', access: signedIn, params: byId, body: LiftInput, response: Empty,
  async handle({ actor, params, body }) {
    await liftMeasure(actor, params.id, body.reason);
    return {};
  },
});

route({
  method: 'put', path: '/moderation/people/:id/trust', summary: 'Vouch for somebody new in a network of mine', access: signedIn, params: byId, body: TrustInput, response: TrustState,
  handle: async ({ actor, params }) => ({ trust: await grantTrust(actor, params.id) }),
});

export const moderationRoutes = routes;
