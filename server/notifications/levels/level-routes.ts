import { z } from 'zod';
import { NetworkKey } from '../../contract/community.ts';
import { FollowedPlaces, LevelInput, LevelQuery, LevelState } from '../../contract/notifications.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { chooseNetworkLevel, chooseThreadLevel, readNetworkLevel, readThreadLevel } from './choose-level.ts';
import { listFollowed } from './list-followed.ts';

const { route, routes } = routesOf('notifications');

const byKey = z.object({ key: NetworkKey });
const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) });

route({
  method: 'get', path: '/networks/:key/notice-level', summary: 'How closely I follow a network, or a tag in it', access: signedIn, params: byKey, query: LevelQuery, response: LevelState,
  handle: ({ actor, params, query }) => readNetworkLevel(actor, params.key, query.tag),
});

route({
  method: 'put', path: '/networks/:key/notice-level', summary: 'Follow a network or a tag in it so closely', access: signedIn, params: byKey, query: LevelQuery, body: LevelInput, response: LevelState, limit: { points: 120, seconds: 300 },
  handle: ({ actor, params, query, body }) => chooseNetworkLevel(actor, params.key, query.tag, body.level),
});

route({
  method: 'get', path: '/threads/:number/notice-level', summary: 'How closely I follow a thread', access: signedIn, params: byNumber, response: LevelState,
  handle: ({ actor, params }) => readThreadLevel(actor, params.number),
});

route({
  method: 'put', path: '/threads/:number/notice-level', summary: 'Follow a thread so closely', access: signedIn, params: byNumber, body: LevelInput, response: LevelState, limit: { points: 120, seconds: 300 },
  handle: ({ actor, params, body }) => chooseThreadLevel(actor, params.number, body.level),
});

route({
  method: 'get', path: '/notice-levels', summary: 'Where I chose how closely to follow', access: signedIn, response: FollowedPlaces,
  handle: async ({ actor }) => ({ items: await listFollowed(actor) }),
});

export const levelRoutes = routes;
