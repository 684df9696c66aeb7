import type Koa from 'koa';
import type { RequestState } from './context.ts';
import { log } from './log.ts';
import { presentProblem, PROBLEM_TYPE } from './problem.ts';

/** The one place where an error becomes an answer. */
export const failures: Koa.Middleware<RequestState> = async (ctx, next) => {
  const started = performance.now();
  try {
    await next();
  } catch (error) {
    const { status, problem, headers } = presentProblem(error, ctx.state.language, ctx.state.requestId);
    if (status >= 500) log.error({ err: error, requestId: ctx.state.requestId, method: ctx.method, path: ctx.path }, 'request failed');
    ctx.status = status;
    ctx.set(headers);
    ctx.body = JSON.stringify(problem);
    ctx.set('Content-Type', PROBLEM_TYPE);
  }
  if (!ctx.path.startsWith('/_app/')) {
    log.debug({ requestId: ctx.state.requestId, method: ctx.method, path: ctx.path, status: ctx.status, person: ctx.state.actor?.id, ms: Math.round(performance.now() - started) }, 'request');
  }
};
