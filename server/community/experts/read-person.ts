import { prepared } from '../../database/prepared.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { placedBody } from '../practices/placed-body.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import type { ExpertRow } from './find-experts.ts';
import { FINDABLE, readableNetworks, SHOWN } from './shown.ts';

export type PersonRow = ExpertRow & { networks: { key: string; name: string }[] };

/** Whose networks: the reader knows who is in hers; of the public ones she reads who is there only of those who show something of themselves. */
const READ = `
  with ${readableNetworks(OWN_MEMBERSHIP, READABLE)}
  select p.id, p.given_name || ' ' || p.family_name as name, ${placedBody('p.body_id')} as body, ${SHOWN}, coalesce((
      select json_agg(json_build_object('key', n.key, 'name', n.name) order by n.name) from network_members x join networks n on n.id = x.network_id ${OWN_MEMBERSHIP}
       where x.person_id = p.id and x.status = 'active' and n.archived_at is null
         and (m.status = 'active' or (n.reading = 'public' and exists (select from expertise_consents e where e.person_id = p.id)))), '[]') as networks
    from people p where p.id = $4 and ${FINDABLE}`;

/** A colleague as she shows herself. @throws AppError 404 */
export async function readPerson(actor: Actor, id: string): Promise<PersonRow> {
  const [row] = await prepared<PersonRow>('experts-person', READ, [...reachValues(reachOf(actor)), id]);
  if (!row) throw notFound();
  return row;
}
