import type Koa from 'koa';
import { forbidden } from '../errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The headers a scanner looks for. Pages add their own Content-Security-Policy with nonces; everything else gets the strictest. */
export function securityHeaders(secure: boolean): Koa.Middleware {
  return async (ctx, next) => {
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
    ctx.set('X-Frame-Options', 'SAMEORIGIN');
    ctx.set('Cross-Origin-Opener-Policy', 'same-origin');
    ctx.set('Cross-Origin-Resource-Policy', 'same-origin');
    ctx.set('Permissions-Policy', 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=()');
    if (secure) ctx.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    if (ctx.path.startsWith('/api/') && ctx.path !== '/api/docs') ctx.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'self'; sandbox");
    await next();
  };
}

/** An unsafe request must come from our own pages: browsers name the origin, and a program that names none carries no cookie by accident. */
export function sameOrigin(publicUrl: string): Koa.Middleware {
  const own = new URL(publicUrl).host;
  return async (ctx, next) => {
    if (!SAFE.has(ctx.method)) {
      const origin = ctx.get('origin');
      const site = ctx.get('sec-fetch-site');
      const host = origin && URL.canParse(origin) ? new URL(origin).host : origin;
      if ((origin && host !== ctx.host && host !== own) || (site && site !== 'same-origin' && site !== 'none')) throw forbidden('forbidden-origin');
    }
    await next();
  };
}
