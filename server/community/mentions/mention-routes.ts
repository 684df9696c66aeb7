import { z } from 'zod';
import { text } from '../../contract/common.ts';
import { Author, NetworkKey } from '../../contract/community.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { presentCandidate } from '../present.ts';
import { findMentionable } from './find-mentionable.ts';

const { route, routes } = routesOf('community');

route({
  method: 'get', path: '/networks/:key/mentionable', summary: 'People of a network whom who writes there may name', access: signedIn, params: z.object({ key: NetworkKey }), query: z.object({ q: text(1, 80) }),
  response: z.object({ items: z.array(Author) }), limit: { points: 240, seconds: 60 },
  handle: async ({ actor, params, query }) => ({ items: (await findMentionable(actor, params.key, query.q)).map(presentCandidate) }),
});

export const mentionRoutes = routes;
