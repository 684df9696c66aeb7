import { randomUUID } from 'node:crypto';
import type Koa from 'koa';
import { parse, serialize } from 'cookie';
import type { Actor, Language } from './actor.ts';
import type { CookieChange } from './route.ts';

export const SESSION_COOKIE = 'pico_session';
export const LANGUAGE_COOKIE = 'lingua';

/** Turns the session cookie's secret into the person who acts, or null. Given by the accounts feature. */
export type LoadActor = (secret: string) => Promise<Actor | null>;

/** What every request carries once the first middleware has run. */
export interface RequestState {
  requestId: string;
  actor: Actor | null;
  language: Language;
}

export function cookiesOf(header: string | undefined): Record<string, string | undefined> {
  return header ? parse(header) : {};
}

/** The person's own language, else the cookie's, else the browser's first that we speak, else Italian. */
export function chooseLanguage(cookie: string | undefined, acceptLanguage: string | undefined, actor: Actor | null): Language {
  if (cookie === 'it' || cookie === 'en') return cookie;
  if (actor) return actor.language;
  for (const part of (acceptLanguage ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'it' || language === 'en') return language;
  }
  return 'it';
}

export function identify(loadActor: LoadActor): Koa.Middleware<RequestState> {
  return async (ctx, next) => {
    ctx.state.requestId = randomUUID();
    ctx.state.actor = null;
    ctx.state.language = 'it';
    ctx.set('X-Request-Id', ctx.state.requestId);
    const cookies = cookiesOf(ctx.get('cookie'));
    const secret = cookies[SESSION_COOKIE];
    // Files of the client need nobody
    if (secret && !ctx.path.startsWith('/_app/')) ctx.state.actor = await loadActor(secret);
    ctx.state.language = chooseLanguage(cookies[LANGUAGE_COOKIE], ctx.get('accept-language'), ctx.state.actor);
    await next();
  };
}

export function cookieHeader(change: CookieChange, secure: boolean): string {
  return serialize(change.name, change.value ?? '', {
    path: '/', httpOnly: change.name === SESSION_COOKIE, sameSite: 'lax', secure,
    maxAge: change.value === null ? 0 : (change.maxAgeSeconds ?? 365 * 24 * 3600),
  });
}
