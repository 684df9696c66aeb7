import { database } from '../database/connection.ts';
import type { HeldRole } from '../http/actor.ts';
import { aProvince } from '../territory/factory.ts';
import { unique } from '../testing/unique.ts';

export interface BuiltPerson {
  id: string;
  email: string;
  given_name: string;
  family_name: string;
  body_id: string | null;
}

interface Overrides {
  /** null: nobody approved her yet. */
  body?: { id: string } | null;
  given_name?: string;
  family_name?: string;
  email?: string;
  language?: 'it' | 'en';
  roles?: HeldRole[];
}

/** A confirmed person, of the Province of Treviso unless told. She has no password: sign her in with `app.as`. */
export async function aPerson(overrides: Overrides = {}): Promise<BuiltPerson> {
  const number = unique();
  const { body = await aProvince(), roles = [], ...columns } = overrides;
  const [person] = (await database()('people')
    .insert({ given_name: 'Anna', family_name: `Prova ${number}`, email: `anna.prova${number}@example.it`, body_id: body?.id ?? null, confirmed_at: new Date(), ...columns })
    .returning(['id', 'email', 'given_name', 'family_name', 'body_id'])) as BuiltPerson[];
  if (!person) throw new Error('not inserted');
  for (const { role, scope, scopeId } of roles) await database()('roles').insert({ person_id: person.id, role, scope, scope_id: scopeId });
  return person;
}

export const anAdministrator = (overrides: Overrides = {}) => aPerson({ ...overrides, roles: [{ role: 'admin', scope: 'platform', scopeId: null }] });

export async function aCoordinator(overrides: Overrides & { body?: { id: string } } = {}): Promise<BuiltPerson> {
  const body = overrides.body ?? (await aProvince());
  return aPerson({ ...overrides, body, roles: [{ role: 'coordinator', scope: 'body', scopeId: body.id }] });
}

export const aTrainer = (course: { id: string }, overrides: Overrides = {}) => aPerson({ ...overrides, roles: [{ role: 'trainer', scope: 'course', scopeId: course.id }] });
