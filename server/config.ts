import { resolve } from 'node:path';
import { z } from 'zod';

/** The one reader of the environment. Every mistake is reported at once, in words an operator understands. */
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PROCESS: z.enum(['all', 'web', 'worker']).default('all'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(4).max(200).default(16),
  DATA_DIR: z.string().default('data'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  CLAMD_HOST: z.string().optional(),
  CLAMD_PORT: z.coerce.number().int().min(1).max(65535).default(3310),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Pi.Co. <noreply@pico.localhost>'),
  NOTICE_HOLD_SECONDS: z.coerce.number().int().min(0).max(600).optional(),
  MAIL_REPLY_ADDRESS: z.email().max(80).optional(),
  INBOUND_MAIL_SECRET: z.string().min(24, 'at least 24 characters').optional(),
  INBOUND_SMTP_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  INBOUND_SMTP_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
});

export interface Config {
  production: boolean;
  process: 'all' | 'web' | 'worker';
  host: string;
  port: number;
  /** Base of the links that leave by mail or in a QR code, without a final slash. */
  publicUrl: string;
  /** How many proxies stand before us: what the last of them says of the client's address is believed, and nothing else. */
  proxies: number;
  databaseUrl: string | undefined;
  databasePool: number;
  dataDir: string;
  /** Where files are kept instead of below the data folder. */
  objectStorage: { endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string } | undefined;
  /** The antivirus daemon that looks at what people upload. */
  clamd: { host: string; port: number } | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** How long a new post waits before anybody is told of it: who is looking at it by then is not. */
  noticeHoldMs: number;
  /** Where replies by mail arrive, `risposte@pico.example`: each has its own address, `risposte+…@pico.example`. None: one replies in the page alone. */
  mailReplyAddress: string | undefined;
  /** What a mail server shows when it hands mails in over HTTP; none: it cannot. */
  inboundMailSecret: string | undefined;
  /** Where we listen to mail servers ourselves; none: nowhere. */
  inboundSmtp: { host: string; port: number } | undefined;
  logLevel: string;
  workerConcurrency: number;
  /** Sample people and histories: only on the embedded database and never in production. */
  demonstration: boolean;
}

/** An address has at most 64 characters before its @ (RFC 5321). */
const REPLY_NAME_MAX = 10;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Parses an environment. @throws ConfigError naming every variable that is wrong. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  const mistakes = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const env = parsed.data;
  if (env && env.PROCESS !== 'all' && !env.DATABASE_URL) {
    mistakes.push(`PROCESS: "${env.PROCESS}" needs DATABASE_URL, because the embedded database belongs to one process`);
  }
  if ((env?.MAIL_REPLY_ADDRESS?.indexOf('@') ?? 0) > REPLY_NAME_MAX) mistakes.push(`MAIL_REPLY_ADDRESS: at most ${REPLY_NAME_MAX} letters before the @, because each reply address adds 54 to them`);
  if (env && (env.INBOUND_MAIL_SECRET || env.INBOUND_SMTP_PORT) && !env.MAIL_REPLY_ADDRESS) {
    mistakes.push('MAIL_REPLY_ADDRESS: mails that come in need an address to come to');
  }
  if (env?.NODE_ENV === 'production' && !env.PUBLIC_URL) {
    mistakes.push('PUBLIC_URL: required in production: mails and certificates carry it');
  }
  const storage = env && { endpoint: env.S3_ENDPOINT, bucket: env.S3_BUCKET, region: env.S3_REGION, accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY };
  const objectStorage = storage && isWhole(storage) ? storage : undefined;
  if (storage && !objectStorage && [storage.endpoint, storage.bucket, storage.accessKeyId, storage.secretAccessKey].some(Boolean)) {
    mistakes.push('S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY: all of them or none');
  }
  if (!env || mistakes.length > 0) throw new ConfigError(`The configuration is wrong:\n  ${mistakes.join('\n  ')}`);
  return {
    production: env.NODE_ENV === 'production',
    process: env.PROCESS,
    host: env.HOST,
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    proxies: env.TRUST_PROXY,
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    dataDir: resolve(env.DATA_DIR),
    objectStorage,
    clamd: env.CLAMD_HOST ? { host: env.CLAMD_HOST, port: env.CLAMD_PORT } : undefined,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    noticeHoldMs: (env.NOTICE_HOLD_SECONDS ?? (env.NODE_ENV === 'test' ? 0 : 20)) * 1000,
    mailReplyAddress: env.MAIL_REPLY_ADDRESS?.toLowerCase(),
    inboundMailSecret: env.INBOUND_MAIL_SECRET,
    inboundSmtp: env.INBOUND_SMTP_PORT ? { host: env.INBOUND_SMTP_HOST, port: env.INBOUND_SMTP_PORT } : undefined,
    logLevel: env.LOG_LEVEL,
    workerConcurrency: env.WORKER_CONCURRENCY,
    demonstration: env.NODE_ENV !== 'production' && !env.DATABASE_URL,
  };
}

const isWhole = (storage: { [K in keyof NonNullable<Config['objectStorage']>]: string | undefined }): storage is NonNullable<Config['objectStorage']> => Object.values(storage).every(Boolean);

/** The configuration of this process. */
export const config: Config = parseConfig(process.env);

// The client's handler reads its own address from the environment, nowhere else
process.env['ORIGIN'] ??= config.publicUrl;
