import { Model } from 'objection';
import type { Completion } from '../contract/completion.ts';
import { Lesson } from './lesson.ts';
import { Module } from './module.ts';
import { Quiz } from './quiz.ts';

/** What a course said at a moment. Never changes once synced: running editions stay on theirs. */
export class CourseVersion extends Model {
  static override tableName = 'course_versions';
  static override jsonAttributes = ['trainers', 'completion'];

  declare id: string;
  declare course_id: string;
  declare number: number;
  declare digest: string;
  declare language: string;
  declare title: string;
  declare summary: string;
  declare audience: string;
  declare level: 'base' | 'intermedio' | 'avanzato';
  declare modality: 'online' | 'aula' | 'misto';
  declare objectives: string[];
  declare trainers: { name: string; role: string }[];
  /** Sum of the lessons' minutes. */
  declare minutes: number;
  declare completion: Completion;
  declare published_at: Date;

  declare modules?: Module[];
  declare lessons?: Lesson[];
  declare quizzes?: Quiz[];

  static override relationMappings = () => ({
    modules: { relation: Model.HasManyRelation, modelClass: Module, join: { from: 'course_versions.id', to: 'modules.version_id' } },
    lessons: { relation: Model.HasManyRelation, modelClass: Lesson, join: { from: 'course_versions.id', to: 'lessons.version_id' } },
    quizzes: { relation: Model.HasManyRelation, modelClass: Quiz, join: { from: 'course_versions.id', to: 'quizzes.version_id' } },
  });
}
