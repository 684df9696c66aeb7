import type { SlideDeck } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { forbidden, notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { roomRole } from '../find-room.ts';
import { findWebinar } from '../find-webinar.ts';
import { mayRun } from '../policy.ts';
import { recordingFor } from '../recording/find-recording.ts';
import { findTalk } from '../talk/find-talk.ts';
import type { Webinar } from '../webinar.ts';

/** For who presents: before the lesson too. @throws AppError 404, 403 */
export async function findToPresent(actor: Actor, number: number): Promise<Webinar> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayRun(standing)) throw forbidden();
  if (webinar.cancelled_at) throw forbidden('webinar-cancelled');
  return webinar;
}

/** For who has a place in the room. @throws AppError 404; 403 `webinar-not-registered`, `webinar-removed` */
export async function findToWatch(actor: Actor, number: number): Promise<{ webinar: Webinar; presents: boolean }> {
  const { webinar, standing } = await findTalk(actor, number);
  return { webinar, presents: mayRun(standing) };
}

export interface FoundDeck extends Pick<SlideDeck, 'id' | 'title' | 'bytes' | 'state' | 'trouble' | 'pages'> {
  digest: string;
  author_id: string;
}

/**
 * A deck as far as this person may see it: all for who presents; what has been shown, for who has a place in the room or may watch the recording.
 * @throws AppError 404
 */
export async function findDeck(actor: Actor | null, number: number, id: string): Promise<FoundDeck> {
  const { webinar, standing, removal } = await findWebinar(actor, number);
  const role = roomRole(standing);
  const isIn = role !== undefined && !(role === 'attendee' && removal);
  if (!isIn && !(await recordingFor(actor, webinar, standing))) throw notFound();
  const deck = (await database()('slide_decks').where({ id, webinar_id: webinar.id }).first('id', 'digest', 'title', 'bytes', 'state', 'trouble', 'pages', 'author_id')) as FoundDeck | undefined;
  if (!deck) throw notFound();
  if (!mayRun(standing) && !(await database()('slide_changes').where('deck_id', id).first('sequence'))) throw notFound();
  return deck;
}
