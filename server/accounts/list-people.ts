import { database } from '../database/connection.ts';
import { type Actor, holds } from '../http/actor.ts';
import { coveredBodies } from './covered-bodies.ts';
import { NAMED_NETWORK } from './named-network.ts';
import { Person } from './person.ts';
import { readRoles, type RoleRow } from './read-roles.ts';

export interface PeopleFilter {
  q: string;
  bodyId?: string | undefined;
  role?: RoleRow['role'] | undefined;
  state?: 'active' | 'waiting' | 'unconfirmed' | 'suspended' | undefined;
  after?: { familyName: string; givenName: string; id: string } | undefined;
  limit: number;
}

export interface PersonWithRoles {
  person: Person;
  roles: RoleRow[];
}

/** As an Italian telephone book sorts; the index `people_sorted` has it. */
const SORT = ['people.family_name collate "it-x-icu"', 'people.given_name collate "it-x-icu"', 'people.id'];

/** The people of the bodies that the actor coordinates; UPI sees everybody. By name, one row too many. */
export async function listPeople(actor: Actor, { q, bodyId, role, state, after, limit }: PeopleFilter): Promise<PersonWithRoles[]> {
  const query = Person.query().withGraphFetched('body').whereNull('people.closed_at').orderByRaw(SORT.join(', ')).limit(limit + 1);
  if (!holds(actor, 'admin')) query.whereRaw('people.body_id = any(?)', [await coveredBodies(actor)]);
  if (bodyId) query.where('people.body_id', bodyId);
  if (role) {
    const held = database()('roles').leftJoin('networks as w', 'w.id', 'roles.scope_id').whereRaw('roles.person_id = people.id').whereNull('roles.revoked_at').where('roles.role', role);
    if (!holds(actor, 'admin')) held.whereRaw(`(w.id is null or ${NAMED_NETWORK})`);
    query.whereExists(held);
  }
  if (state === 'suspended') query.whereNotNull('suspended_at');
  else if (state) query.whereNull('suspended_at');
  if (state === 'active') query.whereNotNull('confirmed_at').whereNotNull('people.body_id');
  if (state === 'waiting') query.whereNotNull('confirmed_at').whereNull('people.body_id');
  if (state === 'unconfirmed') query.whereNull('confirmed_at');
  for (const word of q.split(/\s+/).filter(Boolean)) {
    query.whereRaw("plain(people.given_name || ' ' || people.family_name || ' ' || people.email::text) like '%' || plain(?) || '%'", [word.replace(/[%_\\]/g, '\\$&')]);
  }
  if (after) query.whereRaw(`(${SORT.join(', ')}) > (?, ?, ?::uuid)`, [after.familyName, after.givenName, after.id]);
  const people = await query;
  const roles = await readRoles(database(), people.map(({ id }) => id), actor);
  return people.map((person) => ({ person, roles: roles.filter((held) => held.person_id === person.id) }));
}
