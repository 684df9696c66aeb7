import type { Me } from '../contract/accounts.ts';
import { type Actor, holds, holdsSomewhere } from '../http/actor.ts';

export function presentMe(actor: Actor, body: { id: string; name: string } | undefined): NonNullable<Me['actor']> {
  return {
    id: actor.id, givenName: actor.givenName, familyName: actor.familyName, email: actor.email, body: body ?? null, language: actor.language,
    abilities: { coordinate: holdsSomewhere(actor, 'coordinator'), train: holdsSomewhere(actor, 'trainer'), administer: holds(actor, 'admin') },
    unreadNotices: 0,
  };
}
