import { database } from '../database/connection.ts';
import type { BodyKind } from '../contract/territory.ts';
import type { Actor } from '../http/actor.ts';
import { loadModerated } from './load-network.ts';

export interface CandidateRow {
  id: string;
  name: string;
  body: string | null;
  kind: BodyKind | null;
}

/** Registered people, of a body, whose name has all these words: whom a moderator may invite. Names and bodies, no addresses. @throws AppError 404, 403 */
export async function findCandidates(actor: Actor, key: string, q: string): Promise<CandidateRow[]> {
  await loadModerated(actor, key);
  const words = q.split(/\s+/).filter(Boolean).map((word) => `%${word.replaceAll(/[%_\\]/g, '\\$&')}%`);
  const { rows } = await database().raw<{ rows: CandidateRow[] }>(
    `select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from people p join bodies b on b.id = p.body_id
      where p.confirmed_at is not null and p.suspended_at is null
        and not exists (select from unnest(?::text[]) w where plain(p.given_name || ' ' || p.family_name) not like plain(w))
      order by p.family_name collate "it-x-icu", p.given_name collate "it-x-icu", p.id limit 10`,
    [words],
  );
  return rows;
}
