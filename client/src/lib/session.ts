import type { Me } from '$contract/accounts.ts';

export type { Me };

/** Who is signed in, as GET /api/v1/me says it. What a person may do is the server's word: `abilities`. */
export type Actor = NonNullable<Me['actor']>;

/** `depends` key of everything that hangs on who is signed in: `invalidate(ACTOR)` after signing in or out. */
export const ACTOR = 'pico:actor';
