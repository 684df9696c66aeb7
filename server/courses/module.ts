import { Model } from 'objection';
import { Lesson } from './lesson.ts';

/** A part of a version's programme. */
export class Module extends Model {
  static override tableName = 'modules';

  declare id: string;
  declare version_id: string;
  declare key: string;
  declare title: string;
  declare position: number;

  declare lessons?: Lesson[];

  static override relationMappings = () => ({
    lessons: { relation: Model.HasManyRelation, modelClass: Lesson, join: { from: 'modules.id', to: 'lessons.module_id' } },
  });
}
