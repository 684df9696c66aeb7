import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { Affiliation } from './affiliation.ts';
import { Person } from './person.ts';
import { readRoles, type RoleRow } from './read-roles.ts';

export interface OwnProfile {
  person: Person;
  affiliations: Affiliation[];
  roles: RoleRow[];
}

export async function readProfile(actor: Pick<Actor, 'id' | 'roles'>): Promise<OwnProfile> {
  const person = await Person.query().findById(actor.id).withGraphFetched('body');
  if (!person) throw notFound();
  const affiliations = await Affiliation.query().where({ person_id: actor.id }).orderBy('id', 'desc').limit(10).withGraphFetched('body');
  return { person, affiliations, roles: await readRoles(database(), [actor.id], actor) };
}
