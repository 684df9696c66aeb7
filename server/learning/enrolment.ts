import { Model } from 'objection';
import type { EnrolmentStatus } from '../contract/learning.ts';

/** A person in an edition. While it is open it follows her to another body; once completed it stays where it was earned. */
export class Enrolment extends Model {
  static override tableName = 'enrolments';
  declare id: string;
  declare edition_id: string;
  declare person_id: string;
  declare body_id: string;
  declare member_id: string | null;
  declare status: EnrolmentStatus;
  declare motivation: string | null;
  declare requested_at: Date;
  declare activated_at: Date | null;
  declare completed_at: Date | null;
  declare ended_at: Date | null;
}

/** Statuses in which something can still happen. */
export const OPEN_STATUSES = ['requested', 'waiting', 'active'] as const satisfies EnrolmentStatus[];
