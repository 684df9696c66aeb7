import { Model } from 'objection';
import { Body } from './body.ts';

/** An e-mail domain declared by a body: who writes from it needs no approval to join. */
export class BodyDomain extends Model {
  static override tableName = 'body_domains';
  static override idColumn = 'domain';

  declare domain: string;
  declare body_id: string;
  declare declared_by: string | null;
  declare declared_at: Date;

  declare body?: Body;

  static override relationMappings = () => ({
    body: { relation: Model.BelongsToOneRelation, modelClass: Body, join: { from: 'body_domains.body_id', to: 'bodies.id' } },
  });
}
