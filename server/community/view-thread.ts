import type { Actor } from '../http/actor.ts';
import { presentThread } from './present.ts';
import { readThread } from './read-thread.ts';

/** A thread from its first post on, as after every change of it. */
export const viewThread = async (actor: Actor | null, number: number, { from, limit } = { from: 1, limit: 20 }) => presentThread(await readThread(actor, number, { from, limit }), actor);
