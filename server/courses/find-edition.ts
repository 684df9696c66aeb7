import type { AreaCode } from '../contract/common.ts';
import { database } from '../database/connection.ts';
import type { Tx } from '../database/transaction.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import type { Edition } from './edition.ts';
import { canManageEditions, canSeeEdition } from './policy.ts';
import { OPEN_ENROLMENTS, SEATS_TAKEN } from './seats-taken.ts';

/** The columns of an edition, with what its presentation needs. */
export interface EditionRow extends Pick<Edition, 'id' | 'course_id' | 'version_id' | 'code' | 'starts_on' | 'ends_on' | 'enrol_from' | 'enrol_until' | 'modality' | 'place' | 'seats' | 'seats_per_member' | 'approval' | 'published_at' | 'cancelled_at' | 'cancel_reason'> {
  key: string;
  title: string;
  area: AreaCode;
  version: number;
  seats_taken: number;
  open_enrolments: { seated: number; waiting: number };
  trainers: { id: string; name: string }[];
}

/** The rows of `editions e` that fit, whole. */
export async function selectEditions(rest: string, values: Record<string, string | number | string[] | null>, tx?: Tx): Promise<EditionRow[]> {
  const { rows } = await (tx ?? database()).raw<{ rows: EditionRow[] }>(
    `select e.*, c.key, v.title, c.area_code as area, v.number as version, (${SEATS_TAKEN}) as seats_taken, (${OPEN_ENROLMENTS}) as open_enrolments,
            coalesce((select json_agg(json_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name) order by p.family_name, p.given_name)
                        from edition_trainers t join people p on p.id = t.person_id where t.edition_id = e.id), '[]') as trainers
       from editions e join courses c on c.id = e.course_id join course_versions v on v.id = e.version_id ${rest}`,
    values,
  );
  return rows;
}

/** An edition that the actor may see: a published one, or a draft of hers to manage. @throws AppError 404 */
export async function findEdition(actor: Actor | null, id: string): Promise<EditionRow> {
  const [edition] = await selectEditions('where e.id = :id', { id });
  if (!edition || !canSeeEdition(actor, edition)) throw notFound();
  return edition;
}

/** An edition that the actor is about to change: nobody else changes it, or takes a seat of it, meanwhile. @throws AppError 404 when it is not hers to manage. */
export async function lockManagedEdition(tx: Tx, actor: Actor, id: string): Promise<EditionRow> {
  // Locked first and read in a statement of its own: one that waits for a lock still counts the seats as they were before it waited
  await tx('editions').where({ id }).forUpdate().first('id');
  const [edition] = await selectEditions('where e.id = :id', { id }, tx);
  if (!edition || !canManageEditions(actor, { id: edition.course_id })) throw notFound();
  return edition;
}
