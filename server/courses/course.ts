import { Model } from 'objection';
import { CourseVersion } from './course-version.ts';

/** A curriculum under its stable key; what it says is in its versions. */
export class Course extends Model {
  static override tableName = 'courses';

  declare id: string;
  declare key: string;
  declare area_code: string;
  declare current_version_id: string | null;
  declare created_at: Date;
  declare withdrawn_at: Date | null;

  declare versions?: CourseVersion[];
  declare currentVersion?: CourseVersion;

  static override relationMappings = () => ({
    versions: { relation: Model.HasManyRelation, modelClass: CourseVersion, join: { from: 'courses.id', to: 'course_versions.course_id' } },
    currentVersion: { relation: Model.BelongsToOneRelation, modelClass: CourseVersion, join: { from: 'courses.current_version_id', to: 'course_versions.id' } },
  });
}
