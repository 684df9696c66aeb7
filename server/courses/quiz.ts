import { Model } from 'objection';
import { Question } from './question.ts';

/** The rules of a test; its questions are the bank from which each attempt draws. */
export class Quiz extends Model {
  static override tableName = 'quizzes';

  declare id: string;
  declare version_id: string;
  declare key: string;
  declare title: string;
  /** How many questions each attempt draws. */
  declare draw: number;
  declare pass_numerator: number;
  declare pass_denominator: number;
  declare minutes: number;
  declare attempts: number;
  declare pause_minutes: number;

  declare questions?: Question[];

  static override relationMappings = () => ({
    questions: { relation: Model.HasManyRelation, modelClass: Question, join: { from: 'quizzes.id', to: 'questions.quiz_id' } },
  });
}
