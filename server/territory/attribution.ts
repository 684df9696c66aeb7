import type { Knex } from 'knex';

export const PROGRAMME = 'pico';

export interface Membership {
  bodyId: string;
  parentId: string;
  validFrom: string;
  validTo: string | null;
}

export interface Succession {
  predecessorId: string;
  successorId: string;
  municipalities: number;
}

/**
 * For every body, the member of the programme for which its people count: a member is its own; a successor counts for the predecessor
 * that gave it most municipalities; a municipality for its Province of the programme's vintage, or, if that is unknown, of today.
 * @returns body id → member id, only where there is one.
 */
export function attribute(memberIds: string[], successions: Succession[], memberships: Membership[], vintage: string): Map<string, string> {
  const found = new Map(memberIds.map((id) => [id, id]));
  inherit(found, successions);
  const parents = new Map<string, string>();
  for (const { bodyId, parentId, validFrom, validTo } of memberships) {
    const atVintage = validFrom <= vintage && (validTo === null || validTo >= vintage);
    if (atVintage || (validTo === null && !parents.has(bodyId))) parents.set(bodyId, parentId);
  }
  for (const [bodyId, parentId] of parents) {
    const memberId = found.get(parentId);
    if (memberId && !found.has(bodyId)) found.set(bodyId, memberId);
  }
  return found;
}

/** Follows successions until nothing new is reached, so that a successor's successor has its member too. */
function inherit(found: Map<string, string>, successions: Succession[]): void {
  const bySize = [...successions].sort((a, b) => b.municipalities - a.municipalities);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    const heirs = new Map<string, string>();
    for (const { predecessorId, successorId } of bySize) {
      const memberId = found.get(predecessorId);
      if (memberId && !found.has(successorId) && !heirs.has(successorId)) heirs.set(successorId, memberId);
    }
    for (const [bodyId, memberId] of heirs) found.set(bodyId, memberId);
  }
}

/** The member of the programme for which the people of a body count, or null when they count for none. */
export async function attributionOf(on: Knex, bodyId: string): Promise<string | null> {
  const row = (await on('programme_attributions as a').join('programmes as p', 'p.id', 'a.programme_id')
    .where({ 'p.code': PROGRAMME, 'a.body_id': bodyId }).first('a.member_id')) as { member_id: string } | undefined;
  return row?.member_id ?? null;
}
