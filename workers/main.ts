import { createPostgresBackend, Worker, type Job } from 'bullmq';
import type { TransactionalPool } from '../server/database/pool.ts';
import { config } from '../server/config.ts';
import { log } from '../server/http/log.ts';
import { JOBS, type JobName, jobsConnection, QUEUES, queueOf } from '../server/jobs.ts';
import { announceNow } from '../server/statistics/announce-change.ts';
import { HANDLERS } from './handlers.ts';
import { SCHEDULES } from './schedules.ts';

/** A killed worker's jobs are taken up again after this long. */
const LOCK_MS = 10_000;

/** Handlers are idempotent, so a job may be found abandoned many times before it counts as failed. */
const MAX_STALLED = 1000;

/** Starts one worker per queue and writes the schedules. @returns what waits for the running jobs and stops. */
export async function startWorkers(pool: TransactionalPool): Promise<() => Promise<void>> {
  const workers = QUEUES.map((name) => {
    const worker = new Worker(name, work, {
      connection: jobsConnection(pool), concurrency: config.workerConcurrency, lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2, maxStalledCount: MAX_STALLED, drainDelay: 1,
    }, createPostgresBackend);
    worker.on('failed', (job, error) => log.warn({ err: error, queue: name, job: job?.name, id: job?.id, attempt: job?.attemptsMade }, 'job failed'));
    worker.on('error', (error) => log.error({ err: error, queue: name }, 'worker'));
    return worker;
  });
  for (const { job, every, cron } of SCHEDULES) {
    await queueOf(JOBS[job].queue).upsertJobScheduler(job, every ? { every } : { pattern: cron ?? '', tz: 'Europe/Rome' }, { name: job, data: {}, opts: { removeOnComplete: true, removeOnFail: 100 } });
  }
  return async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await announceNow();
  };
}

async function work(job: Job): Promise<void> {
  if (!Object.hasOwn(JOBS, job.name)) throw new Error(`No such job: ${job.name}`);
  await run(job.name as JobName, job.data);
}

async function run<N extends JobName>(name: N, data: unknown): Promise<void> {
  const handler = HANDLERS[name] as (payload: unknown) => Promise<void>;
  await handler(JOBS[name].payload.parse(data));
}
