import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/transaction.ts';
import { files } from '../gateways/files.ts';
import { enqueue } from '../jobs.ts';
import { slidesFile, type SlideText } from './slides-file.ts';

/** Not in the moment in which the first page is asked for. */
const DRAWN_AFTER_MS = 6000;

/** Slides of a webinar as if somebody had uploaded them: a worker draws their pages, as of any other. @returns the deck's id. */
export async function seedSlides(tx: Tx, webinar: { id: string; created_at: Date }, author: string, { title, slides }: { title: string; slides: readonly SlideText[] }): Promise<string> {
  const pdf = await slidesFile(title, slides);
  const [deck] = (await tx('slide_decks').insert({
    webinar_id: webinar.id, title, position: 0, file_name: `${title}.pdf`, digest: await files.put(pdf), bytes: pdf.length, author_id: author, at: webinar.created_at, upload_id: randomUUID().replaceAll('-', ''),
  }).returning('id')) as { id: string }[];
  if (!deck) throw new Error('not inserted');
  await enqueue(tx, 'draw-slides', { deckId: deck.id, scan: false }, { delayMs: DRAWN_AFTER_MS });
  return deck.id;
}

/** What the trainer has ready in the room that is open. */
export const LIVE_SLIDES: SlideText[] = [
  { title: 'Benvenuti nella sala', lines: ['Qui si prova tutto, senza timore di sbagliare', 'Entrate con due finestre: una come docente, una come partecipante'] },
  { title: 'Chi segue può', lines: ['Scrivere nella chat e fare domande', 'Votare nei sondaggi', 'Alzare la mano per parlare', 'Sfogliare le diapositive e tornare al relatore'] },
  { title: 'Chi insegna può', lines: ['Mostrare diapositive, telecamera e schermo', 'Dare la parola e toglierla', 'Registrare la lezione', 'Passare il posto a un collega'] },
  { title: 'Se la linea è lenta', lines: ['La voce arriva sempre per prima', 'L’immagine si riduce da sola e poi ritorna', 'Le diapositive pesano poco e restano nitide'] },
];
