import type { BodyDetail, BodyDomain, BodyReference, BodySummary } from '../contract/territory.ts';
import type { Body } from './body.ts';
import type { BodyDomain as DomainRow } from './body-domain.ts';
import type { BodyStory } from './find-body.ts';
import type { FoundBody } from './search-bodies.ts';

export const presentReference = ({ id, name, kind }: Pick<Body, 'id' | 'name' | 'kind'>): BodyReference => ({ id, name, kind });

export function presentFound(row: FoundBody): BodySummary {
  return {
    ...presentReference(row), abbreviation: row.abbreviation, region: row.region,
    province: row.province_id && row.province_name ? { id: row.province_id, name: row.province_name, abbreviation: row.province_abbreviation } : null,
  };
}

export function presentBody({ body, province, member, predecessors, successors }: BodyStory): BodyDetail {
  return {
    ...presentReference(body), abbreviation: body.abbreviation, region: body.region,
    province: province ? { id: province.id, name: province.name, abbreviation: province.abbreviation } : null,
    istatCode: body.istat_code, population: body.population, validFrom: body.valid_from, validTo: body.valid_to,
    member: member ? presentReference(member) : null,
    predecessors: predecessors.map(presentReference), successors: successors.map(presentReference),
  };
}

export function presentDomain({ domain, body, declared_at }: DomainRow) {
  if (!body) throw new Error('The domain came without its body');
  return { domain, body: presentReference(body), declaredAt: declared_at.toISOString() } satisfies BodyDomain;
}
