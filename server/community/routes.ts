import './messages.ts';
import { z } from 'zod';
import { Empty, Id, text } from '../contract/common.ts';
import {
  Author, BringInput, BringOutcome, JoinInput, MembershipDecision, MembershipPage, MembershipQuery, NetworkChange, NetworkHome, NetworkInput, NetworkKey, NetworkList, ReasonInput,
} from '../contract/community.ts';
import { forbidden } from '../errors.ts';
import { administrators, anyone, signedIn } from '../http/access.ts';
import { holds } from '../http/actor.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { Reply, routesOf } from '../http/route.ts';
import { bringColleagues } from './bring-colleagues.ts';
import { presenceRoutes } from './presence/presence-routes.ts';
import { placeRoutes } from './places/place-routes.ts';
import { draftRoutes } from './drafts/draft-routes.ts';
import { findCandidates } from './find-candidates.ts';
import { decideMembership, removeMember } from './decide-membership.ts';
import { joinNetwork, leaveNetwork } from './join-network.ts';
import { listMembers } from './list-members.ts';
import { listNetworks } from './list-networks.ts';
import { loadReadable } from './load-network.ts';
import { markAllRead } from './mark-read.ts';
import { expertRoutes } from './experts/routes.ts';
import { mentionRoutes } from './mentions/mention-routes.ts';
import { directRoutes } from './direct/direct-routes.ts';
import { moderationRoutes } from './moderation/moderation-routes.ts';
import { postRoutes } from './post-routes.ts';
import { practiceRoutes } from './practices/routes.ts';
import { presentCandidate, presentCard, presentHome, presentMember } from './present.ts';
import { readHome } from './read-home.ts';
import { threadRoutes } from './thread-routes.ts';
import { changeNetwork, createNetwork } from './write-network.ts';

const { route, routes } = routesOf('community');

const byKey = z.object({ key: NetworkKey });
const byId = z.object({ id: Id });

route({
  method: 'get', path: '/networks', summary: 'The thematic networks that one may know of', access: anyone, response: NetworkList,
  handle: async ({ actor }) => ({ items: (await listNetworks(actor)).map(presentCard), abilities: { create: holds(actor, 'admin') } }),
});

route({
  method: 'post', path: '/networks', summary: 'Open a network', access: administrators, body: NetworkInput, response: NetworkHome, status: 201,
  async handle({ actor, body }) {
    await createNetwork(actor, body);
    return presentHome(await readHome(actor, body.key), actor);
  },
});

route({
  method: 'get', path: '/networks/:key', summary: 'A network: what it is, who moderates it, what I may do there', access: anyone, params: byKey, response: NetworkHome,
  handle: async ({ actor, params }) => presentHome(await readHome(actor, params.key), actor),
});

route({
  method: 'patch', path: '/networks/:key', summary: 'Change a network', access: signedIn, params: byKey, body: NetworkChange, response: NetworkHome,
  async handle({ actor, params, body }) {
    await changeNetwork(actor, params.key, body);
    return presentHome(await readHome(actor, params.key), actor);
  },
});

route({
  method: 'put', path: '/networks/:key/membership', summary: 'Join a network, or ask to', access: signedIn, params: byKey, body: JoinInput, response: NetworkHome, limit: { points: 60, seconds: 600 },
  async handle({ actor, params, body }) {
    await joinNetwork(actor, params.key, body.motivation);
    return presentHome(await readHome(actor, params.key), actor);
  },
});

route({
  method: 'delete', path: '/networks/:key/membership', summary: 'Leave a network, or take the request back', access: signedIn, params: byKey, response: Empty,
  async handle({ actor, params }) {
    await leaveNetwork(actor, params.key);
    return {};
  },
});

route({
  method: 'get', path: '/networks/:key/members', summary: 'Members of a network, or who asks to be one', access: signedIn, params: byKey, query: MembershipQuery, response: MembershipPage,
  async handle({ actor, params, query: { status, cursor, limit } }) {
    const { network, standing } = await loadReadable(actor, params.key);
    if (!standing.moderates && (status === 'requested' || standing.membership !== 'active')) throw forbidden();
    const after = cursor ? decodeCursor(cursor, z.tuple([z.string().max(80), Id])) : undefined;
    const { items, next } = toPage(await listMembers(network.id, { status, after, limit }), limit, (last) => [last.family_name, last.id]);
    return { items: items.map((row) => presentMember(row, actor, standing.moderates)), next };
  },
});

route({
  method: 'post', path: '/networks/:key/members', summary: 'Bring colleagues in, or invite anybody as who moderates, all at once', access: signedIn, params: byKey, body: BringInput, response: BringOutcome, limit: { points: 60, seconds: 600 },
  handle: async ({ actor, params, body }) => ({ items: await bringColleagues(actor, params.key, body.personIds) }),
});

route({
  method: 'get', path: '/networks/:key/candidates', summary: 'People whom who moderates may invite, by name', access: signedIn, params: byKey, query: z.object({ q: text(2, 80) }), response: z.object({ items: z.array(Author) }),
  limit: { points: 240, seconds: 60 },
  handle: async ({ actor, params, query }) => ({ items: (await findCandidates(actor, params.key, query.q)).map(presentCandidate) }),
});

route({
  method: 'put', path: '/networks/:key/reading', summary: 'Mark everything in a network as read', access: signedIn, params: byKey, response: Empty,
  async handle({ actor, params }) {
    await markAllRead(actor, params.key);
    return {};
  },
});

route({
  method: 'put', path: '/memberships/:id/decision', summary: 'Accept or refuse who asks to join', access: signedIn, params: byId, body: MembershipDecision, response: Empty,
  async handle({ actor, params, body }) {
    await decideMembership(actor, params.id, body);
    return {};
  },
});

route({
  method: 'put', path: '/memberships/:id/removal', summary: 'Remove a member, with a reason', access: signedIn, params: byId, body: ReasonInput, response: Empty,
  async handle({ actor, params, body }) {
    await removeMember(actor, params.id, body.reason);
    return new Reply(200, {});
  },
});

export const communityRoutes = [...routes, ...threadRoutes, ...postRoutes, ...practiceRoutes, ...moderationRoutes, ...mentionRoutes, ...draftRoutes, ...placeRoutes, ...presenceRoutes, ...expertRoutes, ...directRoutes];
