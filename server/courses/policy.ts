import { type Actor, holds } from '../http/actor.ts';

/** UPI, and whoever trains in the course. */
export function canManageEditions(actor: Actor | null, course: { id: string }): boolean {
  return holds(actor, 'admin') || holds(actor, 'trainer', course.id);
}

/** Whether the actor may see an edition: everybody a published one, its managers a draft too. */
export function canSeeEdition(actor: Actor | null, edition: { course_id: string; published_at: Date | null }): boolean {
  return edition.published_at !== null || canManageEditions(actor, { id: edition.course_id });
}
