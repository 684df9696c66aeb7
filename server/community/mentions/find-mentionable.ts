import { database } from '../../database/connection.ts';
import type { Actor } from '../../http/actor.ts';
import type { CandidateRow } from '../find-candidates.ts';
import { loadWritable } from '../load-network.ts';
import { belongs } from '../reach.ts';

/** People of a network whose name has all these words, for who writes there: names and bodies, no addresses. @throws AppError 404; 403 `network-not-member` */
export async function findMentionable(actor: Actor, key: string, q: string): Promise<CandidateRow[]> {
  const { network } = await loadWritable(actor, key);
  const words = q.split(/\s+/).filter(Boolean).map((word) => `%${word.replaceAll(/[%_\\]/g, '\\$&')}%`);
  const { rows } = await database().raw<{ rows: CandidateRow[] }>(
    `select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from people p left join bodies b on b.id = p.body_id
      where p.id <> :actor and p.confirmed_at is not null and p.suspended_at is null and ${belongs('p.id', ':network')}
        and not exists (select from unnest(:words ::text[]) w where plain(p.given_name || ' ' || p.family_name) not like plain(w))
      order by p.family_name collate "it-x-icu", p.given_name collate "it-x-icu", p.id limit 8`,
    { actor: actor.id, network: network.id, words },
  );
  return rows;
}
