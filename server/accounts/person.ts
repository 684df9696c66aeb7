import { Model } from 'objection';
import type { Language } from '../http/actor.ts';
import { Body } from '../territory/body.ts';

/** Somebody with an account. She works for a body once it has recognised her. */
export class Person extends Model {
  static override tableName = 'people';

  declare id: string;
  declare given_name: string;
  declare family_name: string;
  declare email: string;
  declare password_hash: string | null;
  declare language: Language;
  declare job_title: string | null;
  declare body_id: string | null;
  declare confirmed_at: Date | null;
  declare suspended_at: Date | null;
  /** She left: what is here of her is what others need. */
  declare closed_at: Date | null;
  declare created_at: Date;

  declare body?: Body | null;

  static override relationMappings = () => ({
    body: { relation: Model.BelongsToOneRelation, modelClass: Body, join: { from: 'people.body_id', to: 'bodies.id' } },
  });
}
