import { Model } from 'objection';
import { CourseVersion } from './course-version.ts';
import { Course } from './course.ts';

/** One run of a course version. Days are Europe/Rome, `2026-11-24`, the last one included. */
export class Edition extends Model {
  static override tableName = 'editions';

  declare id: string;
  declare course_id: string;
  /** Frozen when the edition is published. */
  declare version_id: string;
  declare code: string;
  declare starts_on: string;
  declare ends_on: string;
  declare enrol_from: string;
  declare enrol_until: string;
  declare modality: 'online' | 'aula' | 'misto';
  declare place: string | null;
  /** null: no limit. */
  declare seats: number | null;
  declare seats_per_member: number | null;
  declare approval: 'automatic' | 'coordinator';
  declare published_at: Date | null;
  declare cancelled_at: Date | null;
  declare cancelled_by: string | null;
  declare cancel_reason: string | null;
  declare created_by: string | null;
  declare created_at: Date;

  declare course?: Course;
  declare version?: CourseVersion;

  static override relationMappings = () => ({
    course: { relation: Model.BelongsToOneRelation, modelClass: Course, join: { from: 'editions.course_id', to: 'courses.id' } },
    version: { relation: Model.BelongsToOneRelation, modelClass: CourseVersion, join: { from: 'editions.version_id', to: 'course_versions.id' } },
  });
}

type Dates = Pick<Edition, 'published_at' | 'cancelled_at' | 'starts_on' | 'ends_on' | 'enrol_from' | 'enrol_until'>;

export type EditionState = 'draft' | 'cancelled' | 'scheduled' | 'open' | 'closed' | 'over';

/** Where an edition is in its life on a day: `open` means that people can enrol, `closed` that they no longer can though it is not over. */
export function editionState(edition: Dates, day: string): EditionState {
  if (edition.cancelled_at) return 'cancelled';
  if (!edition.published_at) return 'draft';
  if (day > edition.ends_on) return 'over';
  if (day < edition.enrol_from) return 'scheduled';
  return day <= edition.enrol_until ? 'open' : 'closed';
}
