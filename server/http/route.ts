import type { z } from 'zod';
import type { Access } from './access.ts';
import type { Actor, Language } from './actor.ts';
import type { StoredFile } from './ranges.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** At most `points` calls in `seconds`, by address or by signed-in person. */
export interface RateLimit {
  points: number;
  seconds: number;
  /** Only calls with this query parameter count: what is dear is the search, not the list. */
  parameter?: string;
  /** Counted by this process alone, as reading is: for what comes in crowds and harms nobody if a restart forgives it. */
  here?: boolean;
  /** So many for who is signed in, instead of `points`. */
  of?: (actor: Actor) => Promise<number>;
}

/** What a handler gets: everything parsed, nothing of Koa. */
export interface Call<Who, P, Q, B> {
  actor: Who;
  params: P;
  query: Q;
  body: B;
  language: Language;
  ip: string;
  userAgent: string;
  requestId: string;
  /** What the caller shows: for programs, which have no session. */
  authorization: string | undefined;
  /** The bytes of a body that is not JSON (`accepts`). @throws AppError 413, 415 */
  raw(): Promise<Buffer>;
}

export interface CookieChange {
  name: string;
  /** null removes it. */
  value: string | null;
  maxAgeSeconds?: number;
}

/** A reply that is more than data: another status, cookies, a file. */
export class Reply<T = unknown> {
  constructor(
    readonly status: number,
    readonly data: T,
    readonly options: { headers?: Record<string, string>; cookies?: CookieChange[] } = {},
  ) {}
}

export class FileReply {
  constructor(
    readonly type: string,
    readonly bytes: Uint8Array | string | NodeJS.ReadableStream | StoredFile,
    readonly options: { filename?: string; inline?: boolean; headers?: Record<string, string>; status?: number } = {},
  ) {}
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;

interface Definition<Who extends Actor | null, P, Q, B, R> {
  method: Method;
  /** Below `/api/v1`, parameters as `:id`. */
  path: string;
  summary: string;
  access: Access<Who>;
  limit?: RateLimit;
  params?: P;
  query?: Q;
  body?: B;
  /** The schema of a JSON reply, or the media type of a file. What it does not declare does not leave. */
  response: R;
  /** The status of a plain reply: 200 unless told. */
  status?: number;
  /** The media type of a body that is not JSON. */
  accepts?: string;
  /** Largest body in bytes: 256 kB unless told. */
  maxBody?: number;
  handle(call: Call<Who, Output<P>, Output<Q>, Output<B>>): Promise<R extends z.ZodType ? Input<R> | Reply<Input<R>> : FileReply>;
}

/** A declared route with its types erased, as the machinery sees it. */
export interface Route {
  method: Method;
  path: string;
  summary: string;
  feature: string;
  access: Access;
  limit: RateLimit | undefined;
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  accepts: string | undefined;
  response: z.ZodType | string;
  status: number;
  maxBody: number;
  handle(call: Call<Actor | null, unknown, unknown, unknown>): Promise<unknown>;
}

/**
 * Declares a feature's routes: once for the types of the handler, the check of what comes in and goes out, the OpenAPI document and the
 * table of who may call.
 */
export function routesOf(feature: string) {
  const routes: Route[] = [];
  function route<Who extends Actor | null, R extends z.ZodType | string, P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined>(
    definition: Definition<Who, P, Q, B, R>,
  ): void {
    routes.push({
      limit: undefined,
      params: undefined,
      query: undefined,
      body: undefined,
      accepts: undefined,
      status: 200,
      maxBody: 256 * 1024,
      ...definition,
      feature,
      // The guard calls the handler only with what the definition's own schemas and access returned
      handle: definition.handle as Route['handle'],
    });
  }
  return { route, routes };
}
