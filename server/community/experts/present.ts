import { bodyTitle } from '../../contract/body-name.ts';
import type { ExpertCard, ExpertPlaces, PersonPage } from '../../contract/experts.ts';
import type { Actor } from '../../http/actor.ts';
import { authorOf } from '../present.ts';
import type { ExpertRow } from './find-experts.ts';
import type { Places } from './list-places.ts';
import type { PersonRow } from './read-person.ts';

export const presentExpert = ({ id, name, body, competences, answers, certificates }: ExpertRow): ExpertCard => ({
  person: authorOf(id, name, body.name, body.kind), province: body.province?.name ?? null, region: body.region, competences, answers, certificates,
});

export const presentPersonPage = (row: PersonRow, actor: Actor): PersonPage => ({ ...presentExpert(row), networks: row.networks, mine: row.id === actor.id });

export const presentPlaces = ({ provinces, regions }: Places): ExpertPlaces => ({ provinces: provinces.map(({ id, name, kind }) => ({ id, name: bodyTitle({ name, kind }) })), regions });
