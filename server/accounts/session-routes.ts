import { z } from 'zod';
import { Me, SessionList, SignIn } from '../contract/accounts.ts';
import { Empty, Id } from '../contract/common.ts';
import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { notFound } from '../errors.ts';
import { anyone, signedIn } from '../http/access.ts';
import { SESSION_COOKIE } from '../http/context.ts';
import { Reply, routesOf } from '../http/route.ts';
import { presentMe } from './present.ts';
import { readMe } from './read-me.ts';
import { revokeSessions } from './revoke-sessions.ts';
import { loadActor } from './session.ts';
import { signIn } from './sign-in.ts';

const { route, routes } = routesOf('accounts');

/** The session's row says when it ends, and use moves that; the cookie lasts as long as browsers allow. */
const COOKIE_SECONDS = 400 * 86_400;

interface SessionRow {
  id: string;
  ip: string;
  user_agent: string;
  created_at: Date;
  seen_at: Date;
}

route({
  method: 'get', path: '/me', summary: 'Who is signed in', access: anyone, response: Me,
  handle: async ({ actor }) => ({ actor: actor ? presentMe(actor, await readMe(actor)) : null }),
});

route({
  method: 'post', path: '/sessions', summary: 'Sign in', access: anyone, limit: { points: 300, seconds: 60 }, body: SignIn, response: Me, status: 201,
  async handle({ body, ip, userAgent }) {
    const secret = await signIn(body, { ip, userAgent });
    const actor = await loadActor(secret);
    return new Reply(201, { actor: actor ? presentMe(actor, await readMe(actor)) : null }, { cookies: [{ name: SESSION_COOKIE, value: secret, maxAgeSeconds: COOKIE_SECONDS }] });
  },
});

route({
  method: 'delete', path: '/sessions/current', summary: 'Sign out', access: anyone, response: Empty,
  async handle({ actor }) {
    if (actor) await transaction((tx) => revokeSessions(tx, actor.id, { only: actor.sessionId }));
    return new Reply(200, {}, { cookies: [{ name: SESSION_COOKIE, value: null }] });
  },
});

route({
  method: 'get', path: '/sessions', summary: 'Where I am signed in', access: signedIn, response: SessionList,
  async handle({ actor }) {
    const rows = (await database()('sessions').where({ person_id: actor.id }).whereNull('revoked_at').whereRaw('expires_at > now()').orderBy('seen_at', 'desc').limit(100)
      .select('id', 'ip', 'user_agent', 'created_at', 'seen_at')) as SessionRow[];
    return { items: rows.map((row) => ({ id: row.id, current: row.id === actor.sessionId, ip: row.ip, userAgent: row.user_agent, createdAt: row.created_at, seenAt: row.seen_at })) };
  },
});

route({
  method: 'delete', path: '/sessions', summary: 'Sign out everywhere but here', access: signedIn, response: z.object({ ended: z.int() }),
  handle: async ({ actor }) => ({ ended: await transaction((tx) => revokeSessions(tx, actor.id, { but: actor.sessionId })) }),
});

route({
  method: 'delete', path: '/sessions/:id', summary: 'Sign out somewhere else', access: signedIn, params: z.object({ id: Id }), response: Empty,
  async handle({ actor, params }) {
    if ((await transaction((tx) => revokeSessions(tx, actor.id, { only: params.id }))) === 0) throw notFound();
    return {};
  },
});

export const sessionRoutes = routes;
