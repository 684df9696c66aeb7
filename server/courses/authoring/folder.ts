import { join } from 'node:path';

/** The courses that come with the platform. */
export const COURSES_FOLDER = join(import.meta.dirname, '../../../courses');
