import { z } from 'zod';
import { Id } from '../contract/common.ts';
import { OptionalReason, Post, PostChange, PostVersions, ReactionKind } from '../contract/community.ts';
import { anyone, signedIn } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { changePost, removePost } from './change-post.ts';
import { listVersions } from './list-versions.ts';
import { presentVersion } from './present.ts';
import { reactToPost } from './react-to-post.ts';
import { viewPost } from './view-post.ts';

const { route, routes } = routesOf('community');

const byId = z.object({ id: Id });
const byReaction = byId.extend({ kind: ReactionKind });

route({
  method: 'patch', path: '/posts/:id', summary: 'Rewrite what I wrote', access: signedIn, params: byId, body: PostChange, response: Post,
  handle: async ({ actor, params, body }) => viewPost(actor, params.id, await changePost(actor, params.id, body.html)),
});

route({
  method: 'put', path: '/posts/:id/removal', summary: 'Remove a post', access: signedIn, params: byId, body: OptionalReason, response: Post,
  handle: async ({ actor, params, body }) => viewPost(actor, params.id, await removePost(actor, params.id, body.reason)),
});

route({
  method: 'get', path: '/posts/:id/versions', summary: 'What a post said before its changes', access: anyone, params: byId, response: PostVersions,
  handle: async ({ actor, params }) => ({ items: (await listVersions(actor, params.id)).map(presentVersion) }),
});

route({
  method: 'put', path: '/posts/:id/reactions/:kind', summary: 'React to a post', access: signedIn, params: byReaction, response: Post, limit: { points: 120, seconds: 300 },
  handle: async ({ actor, params: { id, kind } }) => viewPost(actor, id, await reactToPost(actor, id, kind, true)),
});

route({
  method: 'delete', path: '/posts/:id/reactions/:kind', summary: 'Take a reaction back', access: signedIn, params: byReaction, response: Post,
  handle: async ({ actor, params: { id, kind } }) => viewPost(actor, id, await reactToPost(actor, id, kind, false)),
});

export const postRoutes = routes;
