import { checkCourse } from './check-course.ts';
import type { Finding } from './finding.ts';
import { type CourseFolder, courseFolders, readCourse } from './read-course.ts';

export interface ReadCourse {
  course: CourseFolder;
  findings: Finding[];
}

/** Reads and checks every course below a folder. */
export async function readCourses(root: string): Promise<ReadCourse[]> {
  const found: ReadCourse[] = [];
  const owners = new Map<string, string>();
  for (const name of await courseFolders(root)) {
    const course = await readCourse(root, name);
    const findings = checkCourse(course);
    const id = course.manifest.value?.id;
    const owner = id === undefined ? undefined : owners.get(id);
    if (owner !== undefined) findings.push({ file: course.manifest.file, ...course.manifest.at(['id']), message: `l'id «${id}» è già del corso in ${owner}/` });
    else if (id !== undefined) owners.set(id, name);
    found.push({ course, findings });
  }
  return found;
}

/** Every mistake of every course below a folder, with file, line and column. */
export async function lintCourses(root: string): Promise<Finding[]> {
  return (await readCourses(root)).flatMap(({ findings }) => findings);
}
