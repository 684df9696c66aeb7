import { Model } from 'objection';

/** One of three or four; exactly one of a question's is correct. */
export interface Option {
  key: string;
  text: string;
  correct: boolean;
}

/** A question of a bank. `options`, `explanation` and `source` tell the answer: they stay on the server until the attempt is closed. */
export class Question extends Model {
  static override tableName = 'questions';
  static override jsonAttributes = ['options'];

  declare id: string;
  declare quiz_id: string;
  declare key: string;
  /** The lesson that speaks of it: where a wrong answer sends back to. */
  declare lesson_key: string;
  declare text: string;
  declare options: Option[];
  declare explanation: string;
  declare source: string;
}
