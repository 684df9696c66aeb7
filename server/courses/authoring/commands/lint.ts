import { findingText } from '../finding.ts';
import { COURSES_FOLDER } from '../folder.ts';
import { lintCourses } from '../lint-courses.ts';

/** `npm run courses:lint`: every mistake with file and line; fails when there is one. */
const findings = await lintCourses(COURSES_FOLDER);
for (const finding of findings) process.stdout.write(`courses/${findingText(finding)}\n`);
process.stdout.write(findings.length === 0 ? 'I corsi sono in ordine.\n' : `\n${findings.length} da correggere.\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
