import type { ShowInput, ShownSlide } from '../../contract/slides.ts';
import { transaction } from '../../database/transaction.ts';
import { invalidField, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findToPresent } from './find-slides.ts';
import { tellShown } from './tell-slides.ts';

/**
 * Shows a page to the whole room, or nothing. Shown already, nothing happens. Two who press at once: both are done, one after the other, and everybody ends at
 * the page with the higher number.
 * @throws AppError 404, 403; 422 `slides-no-page`
 */
export async function showSlide(actor: Actor, number: number, input: ShowInput): Promise<ShownSlide> {
  const webinar = await findToPresent(actor, number);
  return transaction(async (tx) => {
    await tx('slides_shown').insert({ webinar_id: webinar.id, sequence: 0 }).onConflict('webinar_id').ignore();
    const before = (await tx('slides_shown').where('webinar_id', webinar.id).forUpdate().first('sequence', 'deck_id', 'page')) as { sequence: number; deck_id: string | null; page: number | null };
    if (input.deck !== null) {
      // It stays while it is being shown
      const deck = (await tx('slide_decks').where({ id: input.deck, webinar_id: webinar.id }).forKeyShare().first('id')) as { id: string } | undefined;
      if (!deck) throw notFound();
      if (!(await tx('slide_pages').where({ deck_id: input.deck, number: input.page }).first('number'))) throw invalidField('body.page', 'slides-no-page', 'slides-no-page');
    }
    const now = input.deck === null ? { deck_id: null, page: null } : { deck_id: input.deck, page: input.page };
    if (now.deck_id === before.deck_id && (now.page === before.page || now.deck_id === null)) return { sequence: before.sequence, deck: before.deck_id, page: before.page };
    const sequence = before.sequence + 1;
    await tx('slides_shown').where('webinar_id', webinar.id).update({ sequence, ...now });
    await tx('slide_changes').insert({ webinar_id: webinar.id, sequence, ...now, at: clock.now(), by: actor.id });
    const shown = { sequence, deck: now.deck_id, page: now.page };
    tellShown(tx, number, shown);
    return shown;
  });
}
