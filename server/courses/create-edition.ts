import { audit } from '../accounts/audit.ts';
import type { NewEdition } from '../contract/courses.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { forbidden, invalid, invalidField } from '../errors.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { setTrainers, strangersAmong } from './edition-trainers.ts';
import { checkEdition } from './edition-rules.ts';
import { type EditionRow, findEdition } from './find-edition.ts';
import { canManageEditions } from './policy.ts';
import { notATrainer, toColumns } from './write-edition.ts';

/** A draft edition of a published course, on its newest version. @throws AppError 403, 422 with every mistake. */
export async function createEdition(actor: Actor, input: NewEdition): Promise<EditionRow> {
  const { course: key, trainerIds, ...facts } = input;
  const id = await transaction(async (tx) => {
    // Locked, so that two editions made at once get two codes
    const course = (await tx('courses').where({ key }).whereNull('withdrawn_at').whereNotNull('current_version_id').forUpdate().first('id', 'current_version_id')) as { id: string; current_version_id: string } | undefined;
    if (!course) throw invalidField('body.course', 'unknown-course', 'unknown-course');
    if (!canManageEditions(actor, course)) throw forbidden();
    const mistakes = [...checkEdition(facts, romeDay()), ...notATrainer(await strangersAmong(tx, course.id, trainerIds), trainerIds)];
    if (mistakes.length > 0) throw invalid(mistakes);
    const code = await nextCode(tx, key, course.id, facts.startsOn.slice(0, 4));
    const [made] = (await tx('editions')
      .insert({ ...toColumns(facts), course_id: course.id, version_id: course.current_version_id, code, created_by: actor.id, created_at: clock.now() }).returning('id')) as { id: string }[];
    if (!made) throw new Error('not inserted');
    await setTrainers(tx, made.id, trainerIds);
    await audit(tx, actor, 'edition.create', 'edition', made.id, { details: { code } });
    return made.id;
  });
  return findEdition(actor, id);
}

/** APPALTI-SUA-2026-3: readable, and never used again. */
async function nextCode(tx: Tx, key: string, courseId: string, year: string): Promise<string> {
  const prefix = `${key.toUpperCase()}-${year}-`;
  const { rows } = await tx.raw<{ rows: { last: number | null }[] }>(
    `select max(substring(code from length(?) + 1)::int) as last from editions where course_id = ? and starts_with(code, ?) and substring(code from length(?) + 1) ~ '^\\d{1,6}$'`,
    [prefix, courseId, prefix, prefix],
  );
  return prefix + String((rows[0]?.last ?? 0) + 1);
}
