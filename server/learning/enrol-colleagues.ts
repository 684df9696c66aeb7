import { audit } from '../accounts/audit.ts';
import { coveredBodies } from '../accounts/covered-bodies.ts';
import { transaction } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { type Actor, holds } from '../http/actor.ts';
import { enrolPerson } from './enrol-person.ts';
import { mayDecide } from './policy.ts';

export interface ColleagueOutcome {
  personId: string;
  enrolmentId: string | null;
  /** Why not, as an error's code. */
  code: string | null;
}

/** A coordinator enrols people of her bodies, each for herself: one who cannot be enrolled does not stop the others. */
export async function enrolColleagues(actor: Actor, { editionId, personIds }: { editionId: string; personIds: string[] }): Promise<ColleagueOutcome[]> {
  const covered = new Set(await coveredBodies(actor));
  const outcomes: ColleagueOutcome[] = [];
  for (const personId of new Set(personIds)) outcomes.push(await enrolColleague(actor, covered, editionId, personId));
  return outcomes;
}

async function enrolColleague(actor: Actor, covered: ReadonlySet<string>, editionId: string, personId: string): Promise<ColleagueOutcome> {
  try {
    const enrolmentId = await transaction(async (tx) => {
      const person = (await tx('people').where('id', personId).whereNull('suspended_at').first('body_id')) as { body_id: string | null } | undefined;
      if (!person?.body_id || !(covered.has(person.body_id) || holds(actor, 'admin'))) throw new AppError(404, 'colleague-not-yours');
      const id = await enrolPerson(tx, { editionId, personId, by: actor.id, approved: mayDecide(actor, { person_id: personId }) });
      await audit(tx, actor, 'enrolment.enrol', 'enrolment', id, { bodyId: person.body_id });
      return id;
    });
    return { personId, enrolmentId, code: null };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not-found') return { personId, enrolmentId: null, code: error.code };
    throw error;
  }
}
