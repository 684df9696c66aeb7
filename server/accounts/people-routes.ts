import { z } from 'zod';
import { AuditPage, AuditQuery, PersonDetail, PersonPage, PersonQuery, RoleGrant, Suspension } from '../contract/accounts.ts';
import { Empty, Id } from '../contract/common.ts';
import { BodyDomain, BodyDomainList, Domain } from '../contract/territory.ts';
import { administrators, coordinators } from '../http/access.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { routesOf } from '../http/route.ts';
import { BodyDomain as BodyDomainRow } from '../territory/body-domain.ts';
import { presentDomain } from '../territory/present.ts';
import { declareDomain, withdrawDomain } from './declare-domain.ts';
import { findPerson } from './find-person.ts';
import { grantRole, revokeRole } from './grant-role.ts';
import { listAudit } from './list-audit.ts';
import { listPeople } from './list-people.ts';
import { presentAudit, presentPerson, presentPersonDetail } from './present.ts';
import { reinstatePerson, suspendPerson } from './suspend-person.ts';

const { route, routes } = routesOf('accounts');
const byId = z.object({ id: Id });
const byDomain = z.object({ id: Id, domain: Domain });

route({
  method: 'get', path: '/people', summary: 'The people of my bodies; UPI sees everybody', access: coordinators, query: PersonQuery, response: PersonPage,
  async handle({ actor, query: { cursor, ...filter } }) {
    const [familyName, givenName, id] = cursor ? decodeCursor(cursor, z.tuple([z.string(), z.string(), Id])) : [];
    const after = familyName !== undefined && givenName !== undefined && id ? { familyName, givenName, id } : undefined;
    const { items, next } = toPage(await listPeople(actor, { ...filter, after }), filter.limit, ({ person }) => [person.family_name, person.given_name, person.id]);
    return { items: items.map(presentPerson), next };
  },
});

route({
  method: 'get', path: '/people/:id', summary: 'A person of my bodies', access: coordinators, params: byId, response: PersonDetail,
  handle: async ({ actor, params }) => presentPersonDetail(await findPerson(actor, params.id), actor),
});

route({
  method: 'put', path: '/people/:id/suspension', summary: 'Shut a person out', access: administrators, params: byId, body: Suspension, response: PersonDetail,
  async handle({ actor, params, body }) {
    await suspendPerson(actor, params.id, body.reason);
    return presentPersonDetail(await findPerson(actor, params.id), actor);
  },
});

route({
  method: 'delete', path: '/people/:id/suspension', summary: 'Let a person in again', access: administrators, params: byId, response: PersonDetail,
  async handle({ actor, params }) {
    await reinstatePerson(actor, params.id);
    return presentPersonDetail(await findPerson(actor, params.id), actor);
  },
});

route({
  method: 'post', path: '/roles', summary: 'Give a role to a person', access: administrators, body: RoleGrant, response: z.object({ id: Id }), status: 201,
  handle: async ({ actor, body }) => ({ id: await grantRole(actor, body) }),
});

route({
  method: 'delete', path: '/roles/:id', summary: 'Take a role back', access: administrators, params: byId, response: Empty,
  async handle({ actor, params }) {
    await revokeRole(actor, params.id);
    return {};
  },
});

route({
  method: 'get', path: '/audit-entries', summary: 'What administrators, moderators and coordinators did; a coordinator reads what concerns her bodies', access: coordinators, query: AuditQuery, response: AuditPage,
  async handle({ actor, query: { cursor, ...filter } }) {
    const after = cursor ? decodeCursor(cursor, z.tuple([Id]))[0] : undefined;
    const { items, next } = toPage(await listAudit(actor, { ...filter, after }), filter.limit, (last) => [last.id]);
    return { items: items.map(presentAudit), next };
  },
});

route({
  method: 'get', path: '/body-domains', summary: 'The declared e-mail domains', access: administrators, query: z.object({ bodyId: Id.optional() }), response: BodyDomainList,
  async handle({ query }) {
    const domains = BodyDomainRow.query().withGraphFetched('body').orderBy('domain').limit(2000);
    if (query.bodyId) domains.where('body_id', query.bodyId);
    return { items: (await domains).map(presentDomain) };
  },
});

route({
  method: 'put', path: '/bodies/:id/domains/:domain', summary: 'Declare an e-mail domain: its people need no approval', access: administrators, params: byDomain, response: BodyDomain,
  handle: async ({ actor, params }) => presentDomain(await declareDomain(actor, params.id, params.domain)),
});

route({
  method: 'delete', path: '/bodies/:id/domains/:domain', summary: 'Withdraw an e-mail domain', access: administrators, params: byDomain, response: Empty,
  async handle({ actor, params }) {
    await withdrawDomain(actor, params.id, params.domain);
    return {};
  },
});

export const peopleRoutes = routes;
