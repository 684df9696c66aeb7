import type { Expertise } from '../../contract/experts.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';

const WHAT = ['competences', 'answers', 'certificates'] as const;

/** What she says that she knows, and what of it, of her answers and certificates she shows. */
export async function readExpertise({ id }: Pick<Actor, 'id'>): Promise<Expertise> {
  const [competences, consents] = await Promise.all([
    database()('competences').where('person_id', id).orderBy('position').pluck('tag') as Promise<string[]>,
    database()('expertise_consents').where('person_id', id).pluck('what') as Promise<string[]>,
  ]);
  return { competences, shown: { competences: consents.includes('competences'), answers: consents.includes('answers'), certificates: consents.includes('certificates') } };
}

/** Both in one act: the newest of two at once stands whole. */
export async function writeExpertise({ id }: Pick<Actor, 'id'>, { competences, shown }: Expertise): Promise<void> {
  await transaction(async (tx) => {
    await tx('people').where('id', id).forNoKeyUpdate().first('id');
    await tx('competences').where('person_id', id).delete();
    const tags = [...new Set(competences)];
    if (tags.length > 0) await tx('competences').insert(tags.map((tag, position) => ({ person_id: id, tag, position })));
    await tx('expertise_consents').where('person_id', id).whereNotIn('what', WHAT.filter((what) => shown[what])).delete();
    const given = WHAT.filter((what) => shown[what]).map((what) => ({ person_id: id, what, given_at: clock.now() }));
    // Since when she shows it stays as it was
    if (given.length > 0) await tx('expertise_consents').insert(given).onConflict(['person_id', 'what']).ignore();
  });
}
