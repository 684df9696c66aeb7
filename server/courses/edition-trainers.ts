import type { Tx } from '../database/transaction.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';

/** Who may train in a course: id and name of those who hold the role in it or on the whole platform. SQL over `course_id`. */
export const TRAINERS_OF = (courseId: string) => `
  select distinct p.id, p.given_name || ' ' || p.family_name as name, p.family_name, p.given_name
    from roles r join people p on p.id = r.person_id
   where r.role = 'trainer' and r.revoked_at is null and p.suspended_at is null and (r.scope = 'platform' or r.scope_id = ${courseId})`;

/** Those of the ids who may not train in the course. */
export async function strangersAmong(tx: Tx, courseId: string, personIds: string[]): Promise<string[]> {
  const { rows } = await tx.raw<{ rows: { id: string }[] }>(`select id from (${TRAINERS_OF('?')}) t where id = any(?)`, [courseId, personIds]);
  const known = new Set(rows.map(({ id }) => id));
  return personIds.filter((id) => !known.has(id));
}

/** Makes these people, and nobody else, the trainers of the edition. */
export async function setTrainers(tx: Tx, editionId: string, personIds: string[]): Promise<void> {
  const gone = (await tx('edition_trainers').where({ edition_id: editionId }).whereNotIn('person_id', personIds).delete().returning('person_id')) as { person_id: string }[];
  // What is said in the edition they hear no more
  for (const { person_id } of gone) cutOff(tx, roomOf.person(person_id));
  if (personIds.length > 0) await tx('edition_trainers').insert(personIds.map((person_id) => ({ edition_id: editionId, person_id }))).onConflict().ignore();
}
