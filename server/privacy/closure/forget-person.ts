import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import { endEnrolmentsOf } from '../../learning/end-enrolments.ts';
import { giveSeatsUpOf } from '../../webinars/give-seats-up.ts';
import { deleteExportsOf } from '../export/delete-exports.ts';
import { forgetInPlace } from './forget-in-places.ts';
import { forgetInPosts } from './forget-in-posts.ts';
import { forgetterOf, type Traces } from './forgetter.ts';
import { GONE, PLACES } from './traces.ts';

/**
 * Takes out of the database the name and the address of a person who left, and what was hers alone. Each step is done or not done; killed at any instruction all of
 * it is done again, and what was done is found done. Her name stays, for the legal purpose, in the certificates that were issued (Art. 17(3)(b) GDPR: the
 * administration proves who was trained) and, where she has hours, beside them in `account_closures`, for the register of an edition.
 * @param last false where it will be done once more: by what she was called is then still needed.
 */
export async function forgetPerson({ personId, last }: { personId: string; last: boolean }): Promise<void> {
  const closure = (await database()('account_closures').where('person_id', personId).whereNull('forgotten_at').first('traces')) as { traces: Traces } | undefined;
  if (!closure) return;
  const { traces } = closure;
  const forgetter = forgetterOf(personId, traces);
  await endEnrolmentsOf(personId);
  await giveSeatsUpOf(personId);
  await deleteExportsOf(personId);
  await transaction(async (tx) => {
    for (const statement of GONE) await tx.raw(statement, { id: personId });
    // What counted her attempts to sign in is called by her address
    await tx('rate_limits').whereRaw('strpos(lower(key), lower(?)) > 0', [traces.email]).delete();
  });
  const unique = await isUnique(traces);
  await forgetInPosts(personId, forgetter, unique);
  for (const place of PLACES) await forgetInPlace(personId, place, forgetter, unique);
  if (last) await database()('account_closures').where('person_id', personId).update({ traces: null, forgotten_at: clock.now() });
}

/** Whether nobody who is here is called like her. */
async function isUnique({ names }: Traces): Promise<boolean> {
  return (await database()('people').whereNull('closed_at').whereRaw("lower(given_name || ' ' || family_name) = any(?)", [names.map((name) => name.toLowerCase())]).first('id')) === undefined;
}
