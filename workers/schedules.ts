import type { JobName } from '../server/jobs.ts';

/** Every recurring job, one sentence each. Times are Europe/Rome. */
export const SCHEDULES: { job: JobName; every?: number; cron?: string; sentence: string }[] = [
  { job: 'close-overdue-attempts', every: 30_000, sentence: 'Every half minute, tests whose time is over are closed, also of people who never came back.' },
  { job: 'promote-waiting', every: 10 * 60_000, sentence: 'Every ten minutes, as a safety net, seats that became free in some other way go to those who wait.' },
  { job: 'end-awaiting', cron: '40 2 * * *', sentence: 'Every night, who awaits a seat or an answer in an edition that is over is told that there will be none.' },
  { job: 'remind-webinars', every: 60_000, sentence: 'Every minute, whoever comes to a webinar is reminded of it a week, a day and an hour before.' },
  { job: 'close-abandoned', every: 15_000, sentence: 'Every quarter of a minute, who was in a room of a process that died has left it when that was last heard of.' },
  { job: 'end-recordings', every: 60_000, sentence: 'Every minute, recordings of webinars that are over end, and what was recorded is made ready to be watched.' },
  { job: 'delete-recordings', cron: '50 3 * * *', sentence: 'Every night, recordings whose time is over are deleted.' },
  { job: 'forget-remains', cron: '20 3 * * *', sentence: 'Every night, ended sessions, dead links, registrations that were never confirmed and uploads that nobody took are forgotten.' },
  { job: 'delete-exports', every: 3_600_000, sentence: 'Every hour, copies of their data that people asked for a week ago are deleted.' },
  { job: 'write-digests', cron: '30 7 * * *', sentence: 'Every morning at half past seven, and on Monday for those who want it weekly, people are told by mail what awaits them in their networks.' },
];
