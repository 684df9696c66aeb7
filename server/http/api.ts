import { Readable } from 'node:stream';
import Router from '@koa/router';
import type Koa from 'koa';
import { AppError, notFound } from '../errors.ts';
import { cookieHeader, type RequestState } from './context.ts';
import { runRoute } from './guard.ts';
import type { Limiter } from './limiter.ts';
import { log } from './log.ts';
import { presentProblem, PROBLEM_TYPE } from './problem.ts';
import { sendStored, type StoredFile } from './ranges.ts';
import { FileReply, type Reply, type Route } from './route.ts';
import { TextResponse } from './text-response.ts';

export const API_PREFIX = '/api/v1';
export const DOCUMENT_PATH = '/api/openapi.json';

interface Options {
  routes: Route[];
  limiter: Limiter;
  /** Cookies only over TLS. */
  secure: boolean;
  /** The OpenAPI document, which a page shows. */
  document: string;
}

/** The API as a Koa middleware, and as an in-process `fetch` for pages being rendered. */
export function createApi({ routes, limiter, secure, document }: Options) {
  // One router for each first word of the path: looking through all routes for each request would cost more than many of them
  const routers = new Map<string, Router<RequestState>>();
  const routerOf = (path: string): Router<RequestState> => {
    const word = path.split('/', 1)[0] ?? '';
    const known = routers.get(word);
    if (known) return known;
    const router = new Router<RequestState>({ prefix: API_PREFIX });
    routers.set(word, router);
    return router;
  };
  const byName = new Map<string, Route>();
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (byName.has(name)) throw new Error(`Two routes are called "${name}"`);
    byName.set(name, route);
    routerOf(route.path.slice(1))[route.method](name, route.path, async (ctx) => {
      const outcome = await runRoute(route, {
        params: ctx.params as Record<string, string>,
        query: new URLSearchParams(ctx.querystring),
        readBody: (max) => readStream(ctx.req, max),
        contentType: ctx.get('content-type'),
        authorization: ctx.get('authorization') || undefined,
        actor: ctx.state.actor,
        language: ctx.state.language,
        ip: ctx.ip,
        userAgent: ctx.get('user-agent'),
        requestId: ctx.state.requestId,
      }, limiter);
      ctx.status = outcome instanceof FileReply ? (outcome.options.status ?? 200) : outcome.status;
      for (const [key, value] of headersOf(outcome, secure)) {
        if (key === 'Set-Cookie') ctx.append(key, value);
        else ctx.set(key, value);
      }
      if (!(outcome instanceof FileReply)) ctx.body = outcome.data;
      else if (isStored(outcome.bytes)) sendStored(ctx, outcome.bytes);
      else ctx.body = bodyOf(outcome.bytes);
    });
  }

  const none = new Router<RequestState>();
  const find = (path: string) => routers.get(path.slice(API_PREFIX.length + 1).split('/', 1)[0] ?? '') ?? none;
  const dispatchers = new Map([none, ...routers.values()].map((router) => [router, router.routes() as Koa.Middleware<RequestState>]));

  const middleware: Koa.Middleware<RequestState> = async (ctx, next) => {
    if (!ctx.path.startsWith(`${API_PREFIX}/`)) return next();
    ctx.set('Cache-Control', 'no-store');
    const router = find(ctx.path);
    await dispatchers.get(router)?.(ctx, async () => {
      const methods = router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods);
      if (methods.length > 0) throw new AppError(405, 'method-not-allowed', [], {}, { Allow: [...new Set(methods)].join(', ') });
      throw notFound();
    });
  };

  /** Answers a GET of a page being rendered, as the person who asked for the page. */
  async function fetchInProcess(request: Request, state: RequestState, ip: string): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === DOCUMENT_PATH) return new Response(document, { headers: { 'Content-Type': 'application/json' } });
    try {
      const layer = find(url.pathname).match(url.pathname, request.method).pathAndMethod.at(0);
      const route = layer?.name ? byName.get(layer.name) : undefined;
      if (!layer || !route) throw notFound();
      const outcome = await runRoute(route, {
        params: layer.params(url.pathname, layer.captures(url.pathname)),
        query: url.searchParams,
        readBody: async () => Buffer.from(await request.arrayBuffer()),
        contentType: request.headers.get('content-type') ?? undefined,
        authorization: undefined,
        ...state,
        ip,
        userAgent: request.headers.get('user-agent') ?? '',
      }, limiter);
      if (outcome instanceof FileReply) throw new Error('A page does not render a file');
      return new TextResponse(outcome.data, { status: outcome.status, headers: headersOf(outcome, secure) });
    } catch (error) {
      const { status, problem, headers } = presentProblem(error, state.language, state.requestId);
      if (status >= 500) log.error({ err: error, requestId: state.requestId, path: url.pathname }, 'api call of a page failed');
      return new TextResponse(JSON.stringify(problem), { status, headers: { 'Content-Type': PROBLEM_TYPE, ...headers } });
    }
  }

  return { middleware, fetchInProcess };
}

function headersOf(outcome: Reply<string> | FileReply, secure: boolean): [string, string][] {
  const headers = Object.entries(outcome.options.headers ?? {});
  if (outcome instanceof FileReply) {
    const { filename, inline } = outcome.options;
    headers.push(['Content-Type', outcome.type]);
    if (filename) headers.push(['Content-Disposition', `${inline ? 'inline' : 'attachment'}; filename="${filename.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(filename)}`]);
    return headers;
  }
  headers.push(['Content-Type', 'application/json; charset=utf-8']);
  for (const cookie of outcome.options.cookies ?? []) headers.push(['Set-Cookie', cookieHeader(cookie, secure)]);
  return headers;
}

const isStored = (bytes: FileReply['bytes']): bytes is StoredFile => typeof bytes === 'object' && 'open' in bytes && 'etag' in bytes;

function bodyOf(bytes: Exclude<FileReply['bytes'], StoredFile>): Buffer | string | Readable {
  if (typeof bytes === 'string') return bytes;
  if (bytes instanceof Uint8Array) return Buffer.from(bytes);
  // As it is: wrapped, it would hear only with its next part that nobody reads it any more
  return bytes instanceof Readable ? bytes : Readable.from(bytes);
}

/** @throws AppError 413 as soon as the body is larger than `max` bytes. */
async function readStream(stream: Readable, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > max) throw new AppError(413, 'too-large', [], {}, { Connection: 'close' });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
