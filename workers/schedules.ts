import type { JobName } from '../server/jobs.ts';

/** Every recurring job, one sentence each. Times are Europe/Rome. */
export const SCHEDULES: { job: JobName; every?: number; cron?: string; sentence: string }[] = [];
