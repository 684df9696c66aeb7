import type { SlideSize } from '../../contract/slides.ts';
import { config } from '../../config.ts';
import { database } from '../../database/connection.ts';
import { AppError, conflict, notFound } from '../../errors.ts';
import { bytesOf, files } from '../../gateways/files.ts';
import type { Actor } from '../../http/actor.ts';
import { FileReply } from '../../http/route.ts';
import { findDeck } from './find-slides.ts';

/** A page's picture never changes: her own browser keeps it, nobody between. */
const CACHED = { 'Cache-Control': 'private, max-age=86400, immutable' };

/** The picture of a page. @throws AppError 404 */
export async function sendSlide(actor: Actor | null, number: number, deckId: string, page: number, size: SlideSize): Promise<FileReply> {
  const deck = await findDeck(actor, number, deckId);
  const row = (await database()('slide_pages').where({ deck_id: deck.id, number: page }).first(size)) as Record<SlideSize, string> | undefined;
  if (!row) throw notFound();
  return new FileReply('image/webp', await bytesOf(row[size]), { inline: true, headers: CACHED });
}

/**
 * The PDF itself, for who wants it on paper. As with documents, before the antivirus has looked at it only who put it there has it.
 * @throws AppError 404; 409 `document-waiting`; 410 `document-infected`
 */
export async function sendDeck(actor: Actor | null, number: number, deckId: string): Promise<FileReply> {
  const deck = await findDeck(actor, number, deckId);
  if (deck.trouble === 'infected') throw new AppError(410, 'document-infected');
  // Its pages are counted only after that
  if (config.clamd && deck.state === 'waiting' && deck.pages === null && deck.author_id !== actor?.id) throw conflict('document-waiting');
  return new FileReply('application/pdf', { size: deck.bytes, etag: `"${deck.digest}"`, open: (range) => files.read(deck.digest, range) }, { filename: `${deck.title}.pdf`, headers: { 'Cache-Control': 'private, no-cache' } });
}
