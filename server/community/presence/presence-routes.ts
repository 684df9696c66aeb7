import { PresenceSettings } from '../../contract/community.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { letBeSeen, mayBeSeen } from './let-be-seen.ts';

const { route, routes } = routesOf('community');

route({
  method: 'get', path: '/presence-settings', summary: 'Whether others see that I read or write', access: signedIn, response: PresenceSettings,
  handle: async ({ actor }) => ({ seen: await mayBeSeen(actor) }),
});

route({
  method: 'put', path: '/presence-settings', summary: 'Let others see that I read or write, and see it of them; or neither', access: signedIn, body: PresenceSettings, response: PresenceSettings, limit: { points: 30, seconds: 300 },
  async handle({ actor, body }) {
    await letBeSeen(actor, body.seen);
    return body;
  },
});

export const presenceRoutes = routes;
