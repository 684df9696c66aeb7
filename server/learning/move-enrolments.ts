import { transaction } from '../database/transaction.ts';
import { attributionOf } from '../territory/attribution.ts';
import { type Enrolment, OPEN_STATUSES } from './enrolment.ts';
import { promoteWaiting } from './promote-waiting.ts';
import { lockEdition } from './seats.ts';

/**
 * A person now works elsewhere: her open enrolments follow, with the seat they have; what she completed stays with the body for which she
 * learnt. Asked twice it changes nothing, and nothing is done by the news of a move that another has followed.
 */
export async function moveEnrolments({ personId, toBodyId }: { personId: string; toBodyId: string }): Promise<void> {
  await transaction(async (tx) => {
    const person = (await tx('people').where('id', personId).forShare().first('body_id')) as { body_id: string | null } | undefined;
    if (person?.body_id !== toBodyId) return;
    const memberId = await attributionOf(tx, toBodyId);
    const open = (await tx('enrolments').where('person_id', personId).whereIn('status', [...OPEN_STATUSES]).whereNot('body_id', toBodyId).orderBy('edition_id').select('id', 'edition_id')) as Pick<Enrolment, 'id' | 'edition_id'>[];
    for (const { id, edition_id } of open) {
      await lockEdition(tx, edition_id);
      await tx('enrolments').where('id', id).whereIn('status', [...OPEN_STATUSES]).update({ body_id: toBodyId, member_id: memberId });
      // Her old Province has a seat again
      await promoteWaiting(tx, edition_id);
    }
  });
}
