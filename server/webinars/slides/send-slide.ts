import type { SlideSize } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { notFound } from '../../errors.ts';
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

/** The PDF itself, for who wants it on paper. @throws AppError 404 */
export async function sendDeck(actor: Actor | null, number: number, deckId: string): Promise<FileReply> {
  const deck = await findDeck(actor, number, deckId);
  return new FileReply('application/pdf', { size: deck.bytes, etag: `"${deck.digest}"`, open: (range) => files.read(deck.digest, range) }, { filename: `${deck.title}.pdf`, headers: { 'Cache-Control': 'private, no-cache' } });
}
