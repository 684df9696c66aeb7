import { audit } from '../../accounts/audit.ts';
import type { DeckChange } from '../../contract/slides.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { enqueue } from '../../jobs.ts';
import { findToPresent } from './find-slides.ts';
import { tellShown, tellSlides } from './tell-slides.ts';

/** The decks of a webinar in their order, locked: whoever moves or removes one does so alone. */
async function lockDecks(tx: Tx, webinarId: string): Promise<{ id: string; title: string }[]> {
  await tx('webinars').where('id', webinarId).forNoKeyUpdate().first('id');
  return (await tx('slide_decks').where('webinar_id', webinarId).orderBy(['position', 'id']).select('id', 'title')) as { id: string; title: string }[];
}

/** Another name or another place. @throws AppError 404, 403 */
export async function changeDeck(actor: Actor, number: number, id: string, { title, position }: DeckChange): Promise<void> {
  const webinar = await findToPresent(actor, number);
  await transaction(async (tx) => {
    const decks = await lockDecks(tx, webinar.id);
    const deck = decks.find((one) => one.id === id);
    if (!deck) throw notFound();
    if (title !== undefined) await tx('slide_decks').where({ id }).update({ title });
    if (position !== undefined) {
      const others = decks.filter((one) => one !== deck);
      others.splice(position, 0, deck);
      for (const [place, one] of others.entries()) await tx('slide_decks').where('id', one.id).update({ position: place });
    }
    tellSlides(tx, number);
  });
}

/** Takes a deck away, from the replay too: nobody sees its pages any more from that moment on. @throws AppError 404, 403 */
export async function removeDeck(actor: Actor, number: number, id: string): Promise<void> {
  const webinar = await findToPresent(actor, number);
  await transaction(async (tx) => {
    const deck = (await lockDecks(tx, webinar.id)).find((one) => one.id === id);
    if (!deck) throw notFound();
    const shown = (await tx('slides_shown').where('webinar_id', webinar.id).forUpdate().first('sequence', 'deck_id')) as { sequence: number; deck_id: string | null } | undefined;
    const pictures = (await tx('slide_pages').where('deck_id', id).select('small', 'medium', 'large')) as Record<string, string>[];
    const { digest } = (await tx('slide_decks').where({ id }).first('digest')) as { digest: string };
    await tx('slide_decks').where({ id }).delete();
    if (shown?.deck_id === id) {
      const sequence = shown.sequence + 1;
      await tx('slides_shown').where('webinar_id', webinar.id).update({ sequence, deck_id: null, page: null });
      await tx('slide_changes').insert({ webinar_id: webinar.id, sequence, deck_id: null, page: null, at: clock.now(), by: actor.id });
      tellShown(tx, number, { sequence, deck: null, page: null });
    }
    await audit(tx, actor, 'webinar.slides.delete', 'webinar', webinar.id, { details: { number, title: deck.title } });
    await enqueue(tx, 'forget-slides', { digests: [digest, ...pictures.flatMap((row) => Object.values(row))] });
    tellSlides(tx, number);
  });
}
