import { Model } from 'objection';
import { Body } from '../territory/body.ts';
import { Person } from './person.ts';

/** A person's wish to belong to a body, and what became of it. */
export class Affiliation extends Model {
  static override tableName = 'affiliations';

  declare id: string;
  declare person_id: string;
  declare body_id: string;
  declare requested_at: Date;
  declare status: 'pending' | 'approved' | 'refused' | 'cancelled';
  /** null: approved by the domain of her address. */
  declare decided_by: string | null;
  declare decided_at: Date | null;
  declare reason: string | null;

  /** As a cursor needs it; only in lists. */
  declare requested_key?: string;

  declare person?: Person;
  declare body?: Body;

  static override relationMappings = () => ({
    person: { relation: Model.BelongsToOneRelation, modelClass: Person, join: { from: 'affiliations.person_id', to: 'people.id' } },
    body: { relation: Model.BelongsToOneRelation, modelClass: Body, join: { from: 'affiliations.body_id', to: 'bodies.id' } },
  });
}
