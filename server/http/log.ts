import { pino } from 'pino';
import { config } from '../config.ts';

/** Structured lines on standard output; what identifies a person or opens a door never enters them. */
export const log = pino({
  level: config.logLevel,
  base: { process: config.process },
  redact: ['req.headers.cookie', 'req.headers.authorization', 'password', 'token'],
});
