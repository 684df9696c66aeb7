import { type Actor, holds } from '../http/actor.ts';

/** UPI alone takes a certificate back. */
export const mayRevoke = (actor: Actor | null): boolean => holds(actor, 'admin');

/** One's own; of the people of the bodies one coordinates; UPI sees all. `covered` are the bodies that the actor coordinates. */
export function maySee(actor: Actor, certificate: { person_id: string; body_id: string }, covered: ReadonlySet<string>): boolean {
  return certificate.person_id === actor.id || holds(actor, 'admin') || covered.has(certificate.body_id);
}
