import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { coveredBodies } from './covered-bodies.ts';
import type { PersonWithRoles } from './list-people.ts';
import { Person } from './person.ts';
import { maySeePerson } from './policy.ts';
import { readRoles } from './read-roles.ts';

/** A person whom the actor follows. @throws AppError 404 for anybody else. */
export async function findPerson(actor: Actor, id: string): Promise<PersonWithRoles> {
  const person = await Person.query().findById(id).withGraphFetched('body');
  if (!person || !maySeePerson(actor, person, new Set(await coveredBodies(actor)))) throw notFound();
  return { person, roles: await readRoles(database(), [id], actor) };
}
