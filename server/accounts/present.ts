import { bodyTitle } from '../contract/body-name.ts';
import type * as Contract from '../contract/accounts.ts';
import { type Actor, holds, holdsSomewhere } from '../http/actor.ts';
import { presentReference } from '../territory/present.ts';
import type { Affiliation } from './affiliation.ts';
import type { Confirmed } from './confirm-address.ts';
import type { AuditRow } from './list-audit.ts';
import type { PersonWithRoles } from './list-people.ts';
import { mayClose, mayDecide, mayGrantRoles, mayReinstate, maySuspend } from './policy.ts';
import type { About } from './read-me.ts';
import type { OwnProfile } from './read-profile.ts';
import type { RoleRow } from './read-roles.ts';

export function presentMe(actor: Actor, about: About): NonNullable<Contract.Me['actor']> {
  return {
    id: actor.id, givenName: actor.givenName, familyName: actor.familyName, email: actor.email, body: about.body, pendingBody: about.pendingBody, language: actor.language,
    abilities: { coordinate: holdsSomewhere(actor, 'coordinator'), train: holdsSomewhere(actor, 'trainer'), moderate: holdsSomewhere(actor, 'moderator') || holds(actor, 'admin'), administer: holds(actor, 'admin') },
    unreadNotices: about.unread,
    unreadMessages: about.unreadMessages,
  };
}

const moment = (date: Date | null): string | null => date?.toISOString() ?? null;

export const presentConfirmed = ({ affiliation, body }: Confirmed): Contract.ConfirmationOutcome => ({ affiliation, body: body ? presentReference(body) : null });

export const presentRole = ({ id, role, scope, scope_id, place, body_kind, granted_at }: RoleRow): Contract.Role => ({
  id, role, scope, scopeId: scope_id, place: place && body_kind ? bodyTitle({ kind: body_kind, name: place }) : place, grantedAt: granted_at.toISOString(),
});

export function presentOwnAffiliation({ id, body, status, requested_at, decided_at, reason }: Affiliation): Contract.OwnAffiliation {
  if (!body) throw new Error('The affiliation came without its body');
  return { id, body: presentReference(body), status, requestedAt: requested_at.toISOString(), decidedAt: moment(decided_at), reason };
}

export function presentProfile({ person, affiliations, roles }: OwnProfile): Contract.Profile {
  return {
    givenName: person.given_name, familyName: person.family_name, email: person.email, jobTitle: person.job_title, language: person.language, body: person.body ? presentReference(person.body) : null,
    affiliations: affiliations.map(presentOwnAffiliation), roles: roles.map(presentRole),
  };
}

export function presentAffiliation(wish: Affiliation, actor: Actor, covered: ReadonlySet<string>): Contract.Affiliation {
  const { person } = wish;
  if (!person) throw new Error('The affiliation came without its person');
  const { body, ...own } = presentOwnAffiliation(wish);
  return {
    ...own, body,
    person: { id: person.id, givenName: person.given_name, familyName: person.family_name, email: person.email, jobTitle: person.job_title },
    currentBody: person.body && person.body.id !== wish.body_id ? presentReference(person.body) : null,
    abilities: { decide: wish.status === 'pending' && mayDecide(actor, wish, covered) },
  };
}

export function presentPerson({ person, roles }: PersonWithRoles): Contract.Person {
  return {
    id: person.id, givenName: person.given_name, familyName: person.family_name, email: person.email, jobTitle: person.job_title, language: person.language, body: person.body ? presentReference(person.body) : null,
    registeredAt: person.created_at.toISOString(), confirmedAt: moment(person.confirmed_at), suspendedAt: moment(person.suspended_at), closedAt: moment(person.closed_at), roles: roles.map(presentRole),
  };
}

export function presentPersonDetail(found: PersonWithRoles, actor: Actor): Contract.PersonDetail {
  const { person } = found;
  return { ...presentPerson(found), abilities: { suspend: maySuspend(actor, person), reinstate: mayReinstate(actor, person), close: mayClose(actor, person), grantRoles: mayGrantRoles(actor, person) } };
}

export function presentAudit(row: AuditRow): Contract.AuditEntry {
  return {
    id: row.id, at: row.at.toISOString(), act: row.act, actor: row.actor_id ? { id: row.actor_id, name: row.actor_name ?? '' } : null,
    subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
    body: row.body_id && row.body_name && row.body_kind ? { id: row.body_id, name: row.body_name, kind: row.body_kind } : null, details: row.details,
  };
}
