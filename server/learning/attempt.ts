import { Model } from 'objection';

/** What was drawn for one question: its options in the order shown. */
export interface Drawn {
  questionId: string;
  options: string[];
}

/** One sitting of a test. The server keeps its time. */
export class Attempt extends Model {
  static override tableName = 'attempts';
  static override jsonAttributes = ['drawn'];
  declare id: string;
  declare enrolment_id: string;
  declare quiz_id: string;
  declare number: number;
  declare started_at: Date;
  declare due_at: Date;
  declare closed_at: Date | null;
  declare closed_by: 'submitted' | 'time' | null;
  declare score: number | null;
  declare total: number;
  declare passed: boolean | null;
  declare drawn: Drawn[];
}
