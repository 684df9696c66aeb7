import { bodyTitle } from '../../contract/body-name.ts';
import type { PracticeBody } from '../../contract/practices.ts';
import type { BodyKind } from '../../contract/territory.ts';
import { PROGRAMME } from '../../territory/attribution.ts';

/** A body with where it lies on the map of the Provinces. */
export interface PlacedBody {
  id: string;
  name: string;
  kind: BodyKind;
  region: string | null;
  province: { id: string; name: string; abbreviation: string | null } | null;
}

/** Joins to a body `b` the member of the programme `mb` whose territory it lies in; a municipality has no region of its own. */
export const PLACE = `left join programme_attributions pa on pa.body_id = b.id and pa.programme_id = (select id from programmes where code = '${PROGRAMME}') left join bodies mb on mb.id = pa.member_id`;
export const REGION = 'coalesce(b.region, mb.region)';

/** A body by its id's column, as JSON of `PlacedBody`. */
export const placedBody = (column: string): string => `(
  select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind, 'region', ${REGION}, 'province', case when mb.id is not null then json_build_object('id', mb.id, 'name', mb.name, 'abbreviation', mb.abbreviation) end)
    from bodies b ${PLACE} where b.id = ${column})`;

export const presentBody = ({ id, name, kind, region, province }: PlacedBody): PracticeBody => ({ id, title: bodyTitle({ name, kind }), region, province });
