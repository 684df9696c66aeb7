import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Koa from 'koa';
import type { RequestState } from './context.ts';

/** What a page being rendered finds on its request (client/src/app.d.ts declares the same). */
interface PageContext {
  fetch(request: Request): Promise<Response>;
  language: string;
  requestId: string;
}

type Handler = (request: IncomingMessage & { pico?: PageContext }, response: ServerResponse, next: () => void) => void;

/** SvelteKit's handler as Koa's last middleware: every page is HTML before JavaScript. */
export async function createPages(fetchInProcess: (request: Request, state: RequestState, ip: string) => Promise<Response>): Promise<Koa.Middleware<RequestState>> {
  const built = pathToFileURL(join(import.meta.dirname, '../../client/build/handler.js')).href;
  const { handler } = (await import(built)) as { handler: Handler };
  return async (ctx) => {
    const { state, ip } = ctx;
    ctx.respond = false;
    ctx.res.statusCode = 200;
    const request = Object.assign(ctx.req, {
      pico: { fetch: (asked: Request) => fetchInProcess(asked, state, ip), language: state.language, requestId: state.requestId },
    });
    handler(request, ctx.res, () => {
      ctx.res.statusCode = 404;
      ctx.res.end();
    });
  };
}
