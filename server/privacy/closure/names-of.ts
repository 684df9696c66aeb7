import type { Person } from '../../accounts/person.ts';
import type { Tx } from '../../database/transaction.ts';

/** As she is called now and as she was called before: each change of a name is in the record. */
export async function namesOf(tx: Tx, { id, given_name, family_name }: Pick<Person, 'id' | 'given_name' | 'family_name'>): Promise<string[]> {
  const renames = (await tx('audit_entries').where({ act: 'person.rename', subject_id: id }).select('details')) as { details: { before?: string; after?: string } }[];
  const names = [`${given_name} ${family_name}`, `${family_name} ${given_name}`, ...renames.flatMap(({ details: { before, after } }) => [before ?? '', after ?? ''])];
  return [...new Set(names.map((name) => name.trim()).filter((name) => name.length > 2))];
}
