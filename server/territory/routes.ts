import { z } from 'zod';
import { Id } from '../contract/common.ts';
import { BodyDetail, BodyList, BodySearch } from '../contract/territory.ts';
import { anyone } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { findBody } from './find-body.ts';
import './messages.ts';
import { presentBody, presentFound } from './present.ts';
import { searchBodies } from './search-bodies.ts';

const { route, routes } = routesOf('territory');

route({
  method: 'get', path: '/bodies', summary: 'Bodies that exist today, by a part of their name', access: anyone, query: BodySearch, response: BodyList, limit: { points: 240, seconds: 60 },
  handle: async ({ query: { q, limit } }) => ({ items: (await searchBodies(q, limit)).map(presentFound) }),
});

route({
  method: 'get', path: '/bodies/:id', summary: 'A body, what it was before and what became of it', access: anyone, params: z.object({ id: Id }), response: BodyDetail,
  handle: async ({ params }) => presentBody(await findBody(params.id)),
});

export const territoryRoutes = routes;
