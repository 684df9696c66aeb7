import { z } from 'zod';
import { Empty } from '../../contract/common.ts';
import { Unsubscription, UnsubscriptionToken } from '../../contract/notifications.ts';
import { anyone } from '../../http/access.ts';
import { Reply, routesOf } from '../../http/route.ts';
import { readUnsubscription, unsubscribe } from './unsubscribe.ts';

const { route, routes } = routesOf('notifications');

const byToken = z.object({ token: UnsubscriptionToken });
const limit = { points: 60, seconds: 300 };
const pageOf = (token: string) => `/disiscrizione?codice=${token}`;

route({
  method: 'get', path: '/unsubscriptions/:token/scope', summary: 'What a link of a mail unsubscribes from', access: anyone, params: byToken, response: Unsubscription, limit,
  handle: ({ params }) => readUnsubscription(params.token),
});

route({
  method: 'get', path: '/unsubscriptions/:token', summary: 'To the page of the link: for programs that open the address of the mail’s head', access: anyone, params: byToken, response: Empty, limit,
  async handle({ params }) {
    await readUnsubscription(params.token);
    return new Reply(303, {}, { headers: { Location: pageOf(params.token) } });
  },
});

// The form of the page goes back to it; a mail program (RFC 8058) must not be sent elsewhere
route({
  method: 'post', path: '/unsubscriptions/:token', summary: 'Unsubscribe, without signing in (RFC 8058)', access: anyone, params: byToken, query: z.object({ page: z.literal('true').optional() }), response: Empty, limit,
  async handle({ params, query }) {
    await unsubscribe(params.token);
    return query.page ? new Reply(303, {}, { headers: { Location: pageOf(params.token) } }) : {};
  },
});

export const unsubscribeRoutes = routes;
