import { join } from 'node:path';
import { MOST_PAGES, type SlideDeck } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { scanForViruses } from '../../gateways/antivirus.ts';
import { bytesOf, files } from '../../gateways/files.ts';
import { secluded } from '../../gateways/secluded.ts';
import { log } from '../../http/log.ts';
import { enqueue } from '../../jobs.ts';
import type { DrawAnswer, DrawQuestion } from './draw-pages.ts';
import { forgetSlides } from './forget-slides.ts';
import { tellSlides } from './tell-slides.ts';

/** Pages drawn at a time: after each lot who presents sees how far it is, and a worker that dies has lost no more. */
const LOT = 5;
/** A lot that takes longer, or more memory, was made to do so. */
const LIMITS = { ms: 60_000, megabytes: 768 };

const draw = secluded<DrawQuestion, DrawAnswer>(join(import.meta.dirname, 'draw-process.ts'), LIMITS);

interface Deck {
  id: string;
  webinar_id: string;
  digest: string;
  number: number;
}

/** What a worker does with a new deck: the antivirus where there is one, then its pages. Done twice it is the same; killed in between it goes on where it was. */
export async function drawSlides(deckId: string, scan: boolean): Promise<void> {
  const deck = (await database()('slide_decks as d').join('webinars as w', 'w.id', 'd.webinar_id').where({ 'd.id': deckId, 'd.state': 'waiting' }).first('d.id', 'd.webinar_id', 'd.digest', 'w.number')) as Deck | undefined;
  if (!deck) return;
  // Where the antivirus does not answer the job is tried again
  if (scan && (await scanForViruses(files.read(deck.digest))) !== null) return settle(deck, 'infected');
  const bytes = await bytesOf(deck.digest);
  for (;;) {
    const [{ last } = { last: null }] = (await database()('slide_pages').where('deck_id', deck.id).max('number as last')) as { last: number | null }[];
    let answer: DrawAnswer;
    try {
      const from = (last ?? 0) + 1;
      // Some pages take so long that a lot of them is too much, and one alone is not
      answer = await draw({ bytes, from, most: LOT }).catch(() => draw({ bytes, from, most: 1 }));
    } catch (error) {
      log.info({ err: error, deckId }, 'slides cannot be drawn');
      return settle(deck, 'broken');
    }
    if (answer.pages > MOST_PAGES) return settle(deck, 'too-many-pages');
    // Deleted meanwhile, it is not drawn any more
    if (!(await keep(deck, answer))) return;
    if ((last ?? 0) + answer.drawn.length >= answer.pages) return settle(deck, null);
  }
}

/** @returns false where the deck is no more. */
async function keep(deck: Deck, { pages, drawn }: DrawAnswer): Promise<boolean> {
  const store = () => Promise.all(drawn.map(async ({ pictures: { small, medium, large } }) => ({ small: await files.put(small), medium: await files.put(medium), large: await files.put(large) })));
  const stored = await store();
  const rows = drawn.map(({ number, width, height, words }, i) => ({ deck_id: deck.id, number, width, height, words: tidy(words), ...stored[i] }));
  const kept = await transaction(async (tx) => {
    if ((await tx('slide_decks').where('id', deck.id).update({ pages })) === 0) return false;
    await tx('slide_pages').insert(rows).onConflict(['deck_id', 'number']).ignore();
    tellSlides(tx, deck.number);
    return true;
  });
  // The same picture may just have been forgotten with another deck, before this row was there to keep it
  if (kept) await store();
  else await forgetSlides(stored.flatMap((row) => Object.values(row)));
  return kept;
}

/** @param trouble null: all its pages are there. What was drawn before it stumbled goes with its pictures, unless it was shown already. */
async function settle(deck: Deck, trouble: SlideDeck['trouble']): Promise<void> {
  await transaction(async (tx) => {
    await tx('slide_decks').where('id', deck.id).update({ state: trouble ? 'failed' : 'ready', trouble });
    if (trouble) {
      const gone = (await tx('slide_pages').where('deck_id', deck.id).whereNotExists(tx('slide_changes').where('deck_id', deck.id).select(tx.raw('1'))).delete().returning(['small', 'medium', 'large'])) as Record<string, string>[];
      if (gone.length > 0) await enqueue(tx, 'forget-slides', { digests: gone.flatMap((row) => Object.values(row)) });
    }
    tellSlides(tx, deck.number);
  });
}

/** What PostgreSQL cannot hold goes; lines stay lines. */
const tidy = (words: string): string => words.split('\n').map((line) => line.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim()).join('\n').trim().slice(0, 20_000);
