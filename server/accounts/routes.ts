import { Me } from '../contract/accounts.ts';
import { database } from '../database/connection.ts';
import { anyone } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { presentMe } from './present.ts';

const { route, routes } = routesOf('accounts');

route({
  method: 'get', path: '/me', summary: 'Who is signed in', access: anyone, response: Me,
  async handle({ actor }) {
    if (!actor) return { actor: null };
    const body = actor.bodyId ? await database()('bodies').where({ id: actor.bodyId }).first('id', 'name') as { id: string; name: string } | undefined : undefined;
    return { actor: presentMe(actor, body) };
  },
});

export const accountsRoutes = routes;
