import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { Closure, OwnClosure } from '../../contract/privacy.ts';
import { administrators, signedIn } from '../../http/access.ts';
import { SESSION_COOKIE } from '../../http/context.ts';
import { Reply, routesOf } from '../../http/route.ts';
import { closeAccountOf, closeOwnAccount } from './close-account.ts';

const { route, routes } = routesOf('privacy');

route({
  method: 'put', path: '/me/closure', summary: 'Close my account, for good', access: signedIn, body: OwnClosure, response: Empty, limit: { points: 10, seconds: 600 },
  async handle({ actor, body }) {
    await closeOwnAccount(actor, body.password);
    return new Reply(200, {}, { cookies: [{ name: SESSION_COOKIE, value: null }] });
  },
});

route({
  method: 'put', path: '/people/:id/closure', summary: 'Close somebody’s account, for good', access: administrators, params: z.object({ id: Id }), body: Closure, response: Empty,
  async handle({ actor, params, body }) {
    await closeAccountOf(actor, params.id, body.reason);
    return {};
  },
});

export const closureRoutes = routes;
