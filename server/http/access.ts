import { type Actor, holds, holdsSomewhere } from './actor.ts';

/** Who may call a route at all. What of it is theirs is then decided by the feature's policy, row by row. */
export interface Access<Who extends Actor | null = Actor | null> {
  name: string;
  /** Also the type of the actor that the handler gets. */
  allows(actor: Actor | null): actor is Who;
}

function access<Who extends Actor | null>(name: string, test: (actor: Actor | null) => boolean): Access<Who> {
  return { name, allows: (actor): actor is Who => test(actor) };
}

export const anyone = access<Actor | null>('anyone', () => true);
export const signedIn = access<Actor>('signed-in', (actor) => actor !== null);
/** Whose body has said that she is one of its people; UPI. */
export const recognised = access<Actor>('recognised', (actor) => actor !== null && (actor.bodyId !== null || holds(actor, 'admin')));
export const administrators = access<Actor>('administrators', (actor) => holds(actor, 'admin'));
/** A coordinator of some body, or UPI. */
export const coordinators = access<Actor>('coordinators', (actor) => holdsSomewhere(actor, 'coordinator') || holds(actor, 'admin'));
export const trainers = access<Actor>('trainers', (actor) => holdsSomewhere(actor, 'trainer') || holds(actor, 'admin'));
