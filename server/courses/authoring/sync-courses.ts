import { database } from '../../database/connection.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { files } from '../../gateways/files.ts';
import { log } from '../../http/log.ts';
import { type Finding, findingText } from './finding.ts';
import { readCourses } from './lint-courses.ts';
import { type CourseContent, contentOf } from './content.ts';
import { refreshSearch } from './search-columns.ts';
import { writeVersion } from './write-version.ts';

/** What became of a course: `new-version` also when it goes back to what an earlier version said. */
export interface SyncOutcome {
  key: string;
  outcome: 'unchanged' | 'new-version' | 'refused';
  /** The version that new editions take; 0 for a refused course. */
  version: number;
  findings: Finding[];
}

/** Any number, the same in every process: only one syncs at a time. */
const SYNC_LOCK = 7243;

/**
 * Brings the courses of a folder into the database. Changed content becomes a new version, the same content changes nothing; a course
 * with mistakes is left as it is and its mistakes are told. Courses that are no longer in the folder stay: people learn in their editions.
 */
export async function syncCourses(root: string): Promise<SyncOutcome[]> {
  const outcomes: SyncOutcome[] = [];
  for (const { course, findings } of await readCourses(root)) {
    const content = findings.length === 0 ? contentOf(course) : undefined;
    if (content) outcomes.push(await syncCourse(content));
    else {
      log.error({ course: course.name, findings: findings.map(findingText) }, 'a course has mistakes and was not synced');
      outcomes.push({ key: course.manifest.value?.id ?? course.name, outcome: 'refused', version: 0, findings });
    }
  }
  return outcomes;
}

async function syncCourse(content: CourseContent): Promise<SyncOutcome> {
  const { id: key, area } = content.manifest;
  // Before the transaction: files are named by their content, so one too many harms nobody
  if (!(await isCurrent(key, content.digest))) for (const asset of content.assets) await files.put(asset.bytes);
  return transaction(async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [SYNC_LOCK]);
    await tx('courses').insert({ key, area_code: area }).onConflict('key').ignore();
    const course = (await tx('courses').where({ key }).first('id', 'current_version_id', 'area_code')) as { id: string; current_version_id: string | null; area_code: string };
    const same = (await tx('course_versions').where({ course_id: course.id, digest: content.digest }).first('id', 'number')) as { id: string; number: number } | undefined;
    if (same) await refreshSearch(tx, same.id, content);
    if (same && same.id === course.current_version_id) return { key, outcome: 'unchanged', version: same.number, findings: [] };
    const version = same ?? (await writeVersion(tx, course.id, await nextNumber(tx, course.id), content));
    await tx('courses').where({ id: course.id }).update({ current_version_id: version.id, area_code: area });
    return { key, outcome: 'new-version', version: version.number, findings: [] };
  });
}

async function isCurrent(key: string, digest: string): Promise<boolean> {
  const found: unknown = await database()('courses').join('course_versions', 'course_versions.id', 'courses.current_version_id').where({ key, digest }).first('courses.id');
  return found !== undefined;
}

async function nextNumber(tx: Tx, courseId: string): Promise<number> {
  const last = (await tx('course_versions').where({ course_id: courseId }).max('number as number').first()) as { number: number | null } | undefined;
  return (last?.number ?? 0) + 1;
}
