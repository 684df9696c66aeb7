import { z } from 'zod';
import { AppError, badRequest, type FieldError, forbidden, invalid, notSignedIn } from '../errors.ts';
import type { Actor, Language } from './actor.ts';
import { inputWords } from './input-words.ts';
import type { Limiter } from './limiter.ts';
import { FileReply, Reply, type Route } from './route.ts';

/** A request as the guard needs it, wherever it came from (Koa, or a page being rendered in this process). */
export interface Incoming {
  params: Record<string, string>;
  query: URLSearchParams;
  /** Reads the body, at most so many bytes. @throws AppError 413 */
  readBody(max: number): Promise<Buffer>;
  contentType: string | undefined;
  authorization: string | undefined;
  actor: Actor | null;
  language: Language;
  ip: string;
  userAgent: string;
  requestId: string;
}

/** Limit, access, input, handler, output: the same five steps for every route. */
export async function runRoute(route: Route, incoming: Incoming, limiter: Limiter): Promise<Reply<string> | FileReply> {
  if (!route.limit?.parameter || incoming.query.has(route.limit.parameter)) await limiter(route, incoming.actor?.id ?? incoming.ip, incoming.actor);
  if (!route.access.allows(incoming.actor)) throw incoming.actor ? forbidden() : notSignedIn();
  const input = await parseInput(route, incoming);
  const { actor, language, ip, userAgent, requestId, authorization } = incoming;
  const result = await route.handle({ ...input, actor, language, ip, userAgent, requestId, authorization, raw: () => readRaw(route, incoming) });
  if (result instanceof FileReply) return result;
  const reply = result instanceof Reply ? result : new Reply(route.status, result);
  return new Reply(reply.status, JSON.stringify(checkOutput(route, reply.data)), reply.options);
}

async function parseInput(route: Route, incoming: Incoming): Promise<{ params: unknown; query: unknown; body: unknown }> {
  const mistakes: FieldError[] = [];
  const check = (schema: z.ZodType | undefined, place: string, value: unknown): unknown => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(value, { error: inputWords(incoming.language) });
    if (parsed.success) return parsed.data;
    // An id that cannot exist is simply not found
    if (place === 'params') throw new AppError(404, 'not-found');
    for (const issue of parsed.error.issues) {
      // A rule that has a code of ours says it instead of a sentence
      const own = /^[a-z]+(-[a-z]+)+$/.test(issue.message);
      mistakes.push({ path: [place, ...issue.path].join('.'), message: issue.message, code: own ? issue.message : issue.code });
    }
    return undefined;
  };
  const params = check(route.params, 'params', incoming.params);
  const query = check(route.query, 'query', queryObject(incoming.query));
  const body = check(route.body, 'body', route.body ? await readJson(route, incoming) : undefined);
  if (mistakes.length > 0) throw invalid(mistakes);
  return { params, query, body };
}

function queryObject(query: URLSearchParams): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key);
    if (values.some((value) => value.includes('\0'))) throw badRequest();
    object[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return object;
}

async function readRaw(route: Route, incoming: Incoming): Promise<Buffer> {
  if (route.accepts === undefined || incoming.contentType?.split(';')[0]?.trim().toLowerCase() !== route.accepts) throw new AppError(415, 'unsupported-media-type');
  return incoming.readBody(route.maxBody);
}

/** An escaped surrogate: JSON writes one that stands alone so, and no other. */
const HALF = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;

async function readJson(route: Route, incoming: Incoming): Promise<unknown> {
  if (!/^application\/json\b/i.test(incoming.contentType ?? '')) throw new AppError(415, 'unsupported-media-type');
  const text = (await incoming.readBody(route.maxBody)).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    // PostgreSQL's text cannot hold it, and no person types it
    if (text.includes('\\u0000') || (HALF.test(text) && HALF.test(JSON.stringify(value)))) throw badRequest();
    return value;
  } catch (error) {
    throw error instanceof AppError ? error : badRequest('bad-json');
  }
}

/** What the response schema does not declare does not leave; what it declares and is missing is our defect. */
function checkOutput(route: Route, data: unknown): unknown {
  if (typeof route.response === 'string') return data;
  const parsed = route.response.safeParse(data);
  if (!parsed.success) throw new Error(`${route.method} ${route.path} answers against its own schema: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
