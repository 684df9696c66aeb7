import { z } from 'zod';
import { Affiliation, AffiliationDecision, AffiliationPage, AffiliationQuery, AffiliationRequest, OwnAffiliation, PasswordChange, Profile, ProfileChange } from '../contract/accounts.ts';
import { Empty, Id } from '../contract/common.ts';
import { notFound } from '../errors.ts';
import { coordinators, signedIn } from '../http/access.ts';
import { LANGUAGE_COOKIE } from '../http/context.ts';
import { decodeCursor, MomentKey, toPage } from '../http/pagination.ts';
import { Reply, routesOf } from '../http/route.ts';
import { Affiliation as AffiliationRow } from './affiliation.ts';
import { changeProfile } from './change-profile.ts';
import { coveredBodies } from './covered-bodies.ts';
import { decideAffiliation } from './decide-affiliation.ts';
import { listAffiliations } from './list-affiliations.ts';
import { presentAffiliation, presentOwnAffiliation, presentProfile } from './present.ts';
import { readProfile } from './read-profile.ts';
import { cancelAffiliation, requestAffiliation } from './request-affiliation.ts';
import { changePassword } from './reset-password.ts';

const { route, routes } = routesOf('accounts');
const byId = z.object({ id: Id });

route({
  method: 'get', path: '/me/profile', summary: 'My profile', access: signedIn, response: Profile,
  handle: async ({ actor }) => presentProfile(await readProfile(actor)),
});

route({
  method: 'patch', path: '/me/profile', summary: 'Change my name, job title or language', access: signedIn, body: ProfileChange, response: Profile,
  async handle({ actor, body }) {
    await changeProfile(actor, body);
    return new Reply(200, presentProfile(await readProfile(actor)), { cookies: body.language ? [{ name: LANGUAGE_COOKIE, value: body.language }] : [] });
  },
});

route({
  method: 'put', path: '/me/password', summary: 'Change my password; my other sessions end', access: signedIn, limit: { points: 10, seconds: 600 }, body: PasswordChange, response: Empty,
  async handle({ actor, body }) {
    await changePassword(actor, body);
    return {};
  },
});

route({
  method: 'post', path: '/affiliations', summary: 'Ask to belong to another body', access: signedIn, limit: { points: 20, seconds: 3600 }, body: AffiliationRequest, response: OwnAffiliation, status: 201,
  handle: async ({ actor, body }) => presentOwnAffiliation(await requestAffiliation(actor, body.bodyId)),
});

route({
  method: 'delete', path: '/affiliations/:id', summary: 'Withdraw my open request', access: signedIn, params: byId, response: Empty,
  async handle({ actor, params }) {
    await cancelAffiliation(actor, params.id);
    return {};
  },
});

route({
  method: 'get', path: '/affiliations', summary: 'Requests to belong to my bodies; UPI sees all', access: coordinators, query: AffiliationQuery, response: AffiliationPage,
  async handle({ actor, query: { status, limit, cursor } }) {
    const [requestedAt, id] = cursor ? decodeCursor(cursor, z.tuple([MomentKey, Id])) : [];
    const rows = await listAffiliations(actor, { status, limit, after: requestedAt && id ? { requestedAt, id } : undefined });
    const covered = new Set(await coveredBodies(actor));
    const { items, next } = toPage(rows, limit, (last) => [last.requested_key ?? '', last.id]);
    return { items: items.map((wish) => presentAffiliation(wish, actor, covered)), next };
  },
});

route({
  method: 'put', path: '/affiliations/:id/decision', summary: 'Approve or refuse a request to belong to one of my bodies', access: coordinators, params: byId, body: AffiliationDecision, response: Affiliation,
  async handle({ actor, params, body }) {
    await decideAffiliation(actor, params.id, body);
    const wish = await AffiliationRow.query().findById(params.id).withGraphFetched('[person.body, body]');
    if (!wish) throw notFound();
    return presentAffiliation(wish, actor, new Set(await coveredBodies(actor)));
  },
});

export const profileRoutes = routes;
