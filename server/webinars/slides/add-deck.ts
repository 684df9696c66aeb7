import { takeFile } from '../../community/documents/take-file.ts';
import { config } from '../../config.ts';
import { type DeckInput, MOST_DECKS } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, invalidField } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import { forgetUpload } from '../../gateways/uploads.ts';
import type { Actor } from '../../http/actor.ts';
import { enqueue } from '../../jobs.ts';
import { findToPresent } from './find-slides.ts';
import { tellSlides } from './tell-slides.ts';

/**
 * Takes an uploaded PDF as slides; a worker draws its pages. The same upload sent twice is one deck.
 * @throws AppError 404, 403; 409 `upload-unfinished`, `slides-enough`; 422 `slides-no-pdf`, `document-extension`, `document-empty`
 */
export async function addDeck(actor: Actor, number: number, { uploadId, title }: DeckInput): Promise<void> {
  const webinar = await findToPresent(actor, number);
  const taken = async () => (await database()('slide_decks').where({ upload_id: uploadId, author_id: actor.id }).first('id')) !== undefined;
  if (await taken()) return;
  try {
    const file = await takeFile(actor.id, uploadId);
    if (file.mediaType !== 'application/pdf') throw invalidField('body.uploadId', 'slides-no-pdf', 'slides-no-pdf');
    await transaction(async (tx) => {
      // One at a time, so that they are not more than there may be
      await tx('webinars').where('id', webinar.id).forNoKeyUpdate().first('id');
      const [{ count, last } = { count: 0, last: null }] = (await tx('slide_decks').where('webinar_id', webinar.id).select(tx.raw('count(*)::int as count'), tx.raw('max(position) as last'))) as { count: number; last: number | null }[];
      if (count >= MOST_DECKS) throw conflict('slides-enough');
      const [deck] = (await tx('slide_decks').insert({
        webinar_id: webinar.id, title: title || file.name.replace(/\.pdf$/i, ''), position: (last ?? -1) + 1, file_name: file.name, digest: file.digest, bytes: file.bytes, author_id: actor.id, at: clock.now(), upload_id: uploadId,
      }).returning('id')) as { id: string }[];
      await enqueue(tx, 'draw-slides', { deckId: deck?.id ?? '', scan: Boolean(config.clamd) });
      tellSlides(tx, number);
    });
    await forgetUpload(uploadId);
  } catch (error) {
    // Whatever it stumbled over, the other one has done it
    if (!(await taken())) throw error;
  }
}
