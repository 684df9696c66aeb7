import type Koa from 'koa';
import { AppError } from '../errors.ts';

/** What operators and programs ask before anybody signs in: health, readiness, the OpenAPI document. */
export function operatorRoutes({ document, ready }: { document: string; ready: () => Promise<boolean> }): Koa.Middleware {
  return async (ctx, next) => {
    switch (ctx.path) {
      case '/api/health':
        ctx.body = { status: 'ok' };
        return;
      case '/api/ready':
        if (!(await ready())) throw new AppError(503, 'not-ready');
        ctx.body = { status: 'ready' };
        return;
      case '/api/openapi.json':
        ctx.type = 'application/json';
        ctx.body = document;
        return;
      default:
        await next();
    }
  };
}
