import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import { shows } from './shown.ts';

/** Those that somebody shows, and what is talked about where the reader may read: what nobody shows is told to nobody. */
const COMPLETE = `
  select tag from (
    select c.tag, count(*) as used from competences c where c.tag like $4 and ${shows('c.person_id', 'competences')} group by 1
    union all select t.tag, t.threads from network_tags t join networks n on n.id = t.network_id ${OWN_MEMBERSHIP} where t.tag like $4 and t.threads > 0 and ${READABLE}) x
   group by tag order by sum(used) desc, tag limit 8`;

/** Words in use that begin as typed. */
export async function completeCompetence(actor: Actor, q: string): Promise<string[]> {
  const rows = await prepared<{ tag: string }>('experts-complete', COMPLETE, [...reachValues(reachOf(actor)), `${q.toLowerCase().replaceAll(/[%_\\]/g, '\\$&')}%`]);
  return rows.map(({ tag }) => tag);
}
