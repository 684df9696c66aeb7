import { createPostgresBackend, Queue, runMigrations, type JobsOptions, type PgPool, type PostgresConnectionOptions, type PostgresQueueBackend } from 'bullmq';
import type pg from 'pg';
import { z } from 'zod';
import { TransactionalPool } from './database/pool.ts';
import type { Tx } from './database/transaction.ts';
import { log } from './http/log.ts';

/** BullMQ's own schema in our database. */
export const JOBS_SCHEMA = 'bullmq';

interface JobKind {
  queue: QueueName;
  payload: z.ZodType;
  /** Every handler is idempotent, so a failure is simply tried again, ever more slowly. */
  attempts: number;
}

export const QUEUES = ['events', 'certificates', 'mail', 'documents', 'upkeep'] as const;
export type QueueName = (typeof QUEUES)[number];

const job = <P extends z.ZodType>(queue: QueueName, payload: P, attempts = 12) => ({ queue, payload, attempts }) satisfies JobKind;

/** The catalogue: every job of the application, its queue and its payload of ids. */
export const JOBS = {
  /** A domain event to be followed by its consequences (`workers/reactions.ts`). */
  react: job('events', z.object({ event: z.string(), payload: z.record(z.string(), z.unknown()) }), 25),
  'issue-certificate': job('certificates', z.object({ enrolmentId: z.uuid(), issuedAt: z.iso.datetime().optional() }), 25),
  'close-overdue-attempts': job('upkeep', z.object({}), 3),
  'promote-waiting': job('upkeep', z.object({}), 3),
  'end-awaiting': job('upkeep', z.object({}), 3),
  'forget-remains': job('upkeep', z.object({}), 3),
  /** Held back some seconds: what is being looked at never rings. */
  'tell-post': job('events', z.object({ postId: z.uuid(), named: z.boolean().optional() }), 25),
  'tell-message': job('events', z.object({ messageId: z.uuid() }), 25),
  'tell-named': job('events', z.object({ channelId: z.uuid(), sequence: z.int() }), 25),
  'write-digests': job('upkeep', z.object({}), 3),
  'write-digest': job('mail', z.object({ personId: z.uuid(), day: z.iso.date() }), 12),
  'examine-document': job('documents', z.object({ versionId: z.uuid() }), 20),
  'remind-webinars': job('upkeep', z.object({}), 3),
  'remind-webinar': job('mail', z.object({ webinarId: z.uuid(), kind: z.enum(['week', 'day', 'hour']), startsAt: z.iso.datetime() }), 12),
  'close-abandoned': job('upkeep', z.object({}), 3),
  /** The player's files of what was recorded. */
  'mux-recording': job('documents', z.object({ webinarId: z.uuid() }), 12),
  /** What is left of a recording that was deleted. */
  'forget-recording': job('documents', z.object({ webinarId: z.uuid() }), 25),
  'draw-slides': job('documents', z.object({ deckId: z.uuid(), scan: z.boolean() }), 12),
  /** Files of slides that were taken away, by their content. */
  'forget-slides': job('documents', z.object({ digests: z.array(z.string()) }), 25),
  'end-recordings': job('upkeep', z.object({}), 3),
  'delete-recordings': job('upkeep', z.object({}), 3),
  /** A person's copy of all that is kept about her. */
  'write-export': job('documents', z.object({ exportId: z.uuid() }), 12),
  /** Somebody has closed her account: her name goes out of what was written down. */
  'forget-person': job('upkeep', z.object({ personId: z.uuid(), last: z.boolean() }), 25),
  'delete-exports': job('upkeep', z.object({}), 3),
  'examine-practice-file': job('documents', z.object({ fileId: z.uuid() }), 20),
  'deliver-mail': job('mail', z.object({ mailId: z.uuid() }), 20),
} as const satisfies Record<string, JobKind>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.output<(typeof JOBS)[N]['payload']>;

type JobQueue = Queue<unknown, void, string, unknown, void, string, PostgresQueueBackend, PostgresConnectionOptions>;

const queues = new Map<QueueName, JobQueue>();

/** Opens the producers' side on the process's pool. */
export function connectJobs(pool: pg.Pool): TransactionalPool {
  const shared = new TransactionalPool(pool);
  for (const name of QUEUES) {
    const queue = new Queue(name, { connection: jobsConnection(shared) }, createPostgresBackend) as JobQueue;
    queue.on('error', (error) => log.error({ err: error, queue: name }, 'queue'));
    queues.set(name, queue);
  }
  return shared;
}

/** pg's own types write the listener of `on` so that not even a `pg.Pool` fits what BullMQ declares; at run time it is what it asks for. */
export function jobsConnection(pool: TransactionalPool): PgPool {
  return pool as unknown as PgPool;
}

export async function disconnectJobs(): Promise<void> {
  await Promise.all([...queues.values()].map((queue) => queue.close()));
  queues.clear();
}

/** Creates or updates the tables of the jobs. */
export function migrateJobs(client: pg.Client): Promise<number> {
  return runMigrations(client, JOBS_SCHEMA);
}

/**
 * Puts a job into the transaction: it starts after the commit, and never was if the transaction rolls back.
 * @param tx proof that a transaction is in progress; the queue's connection joins it by itself.
 * @throws ZodError when the payload is not the catalogue's.
 */
export async function enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayload<N>, options: { delayMs?: number } = {}): Promise<void> {
  if (tx.isCompleted()) throw new Error(`enqueue(${name}) after its transaction ended`);
  const kind: JobKind = JOBS[name];
  await queueOf(kind.queue).add(name, kind.payload.parse(payload), { ...defaults(kind), ...(options.delayMs ? { delay: options.delayMs } : {}) });
}

export function queueOf(name: QueueName): JobQueue {
  const queue = queues.get(name);
  if (!queue) throw new Error('The jobs are not connected yet');
  return queue;
}

function defaults(kind: JobKind): JobsOptions {
  return {
    attempts: kind.attempts,
    backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
    removeOnComplete: { age: 3600, count: 2000 },
    removeOnFail: { age: 30 * 24 * 3600 },
  };
}
