import { z } from 'zod';
import { Id, LanguageCode } from './common.ts';

/** Who is signed in, as every page needs it. */
export const Me = z.object({
  actor: z
    .object({
      id: Id,
      givenName: z.string(),
      familyName: z.string(),
      email: z.string(),
      body: z.object({ id: Id, name: z.string() }).nullable(),
      language: LanguageCode,
      abilities: z.object({ coordinate: z.boolean(), train: z.boolean(), administer: z.boolean() }),
      unreadNotices: z.int(),
    })
    .nullable(),
});
export type Me = z.output<typeof Me>;
