import { type Actor, holds } from '../http/actor.ts';
import type { Affiliation } from './affiliation.ts';
import type { Person } from './person.ts';

/** A coordinator of the body decides, but never on her own wish; UPI decides on all. */
export function mayDecide(actor: Actor, wish: Pick<Affiliation, 'body_id' | 'person_id'>, covered: ReadonlySet<string>): boolean {
  return holds(actor, 'admin') || (covered.has(wish.body_id) && wish.person_id !== actor.id);
}

/** A coordinator sees the people of her bodies; UPI everybody. */
export function maySeePerson(actor: Actor, person: Pick<Person, 'body_id'>, covered: ReadonlySet<string>): boolean {
  return holds(actor, 'admin') || (person.body_id !== null && covered.has(person.body_id));
}

/** UPI suspends anybody but the administrator who is doing it. */
export const maySuspend = (actor: Actor, person: Pick<Person, 'id' | 'suspended_at'>): boolean => holds(actor, 'admin') && person.suspended_at === null && person.id !== actor.id;

/** Who left does not come back: she registers anew. */
export const mayReinstate = (actor: Actor, person: Pick<Person, 'suspended_at' | 'closed_at'>): boolean => holds(actor, 'admin') && person.suspended_at !== null && person.closed_at === null;

/** UPI closes anybody's account but that of the administrator who is doing it. */
export const mayClose = (actor: Actor, person: Pick<Person, 'id' | 'closed_at'>): boolean => holds(actor, 'admin') && person.closed_at === null && person.id !== actor.id;

/** Roles are given by UPI, to who can sign in. */
export const mayGrantRoles = (actor: Actor, person: Pick<Person, 'confirmed_at' | 'suspended_at'>): boolean => holds(actor, 'admin') && person.confirmed_at !== null && person.suspended_at === null;
