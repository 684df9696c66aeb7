import type { RoomSlides, ShownSlide, SlideDeck, SlidePages } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { findDeck, findToWatch } from './find-slides.ts';

interface DeckRow {
  id: string;
  title: string;
  state: SlideDeck['state'];
  trouble: SlideDeck['trouble'];
  pages: number | null;
  drawn: number;
  bytes: number;
  was_shown: boolean;
}

const DECKS = `select * from (
    select d.id, d.title, d.state, d.trouble, d.pages, d.bytes, d.position, (select count(*)::int from slide_pages p where p.deck_id = d.id) as drawn,
           exists (select from slide_changes c where c.deck_id = d.id) as was_shown
      from slide_decks d where d.webinar_id = $1) found
  where was_shown or $2::boolean order by position, id`;

const NOTHING: ShownSlide = { sequence: 0, deck: null, page: null };

/** What is shown in a room now. */
export async function readShown(webinarId: string): Promise<ShownSlide> {
  const [row] = await prepared<{ sequence: number; deck_id: string | null; page: number | null }>('slides-shown', 'select sequence, deck_id, page from slides_shown where webinar_id = $1', [webinarId]);
  return row ? { sequence: row.sequence, deck: row.deck_id, page: row.deck_id === null ? null : row.page } : NOTHING;
}

/** The decks of a room and what is shown. A crowd asks for it at the door. @throws AppError 404; 403 as for what is written in the room */
export async function listSlides(actor: Actor, number: number): Promise<RoomSlides> {
  const { webinar, presents } = await findToWatch(actor, number);
  const [rows, shown] = await Promise.all([prepared<DeckRow>('slide-decks', DECKS, [webinar.id, presents]), readShown(webinar.id)]);
  return {
    decks: rows.map(({ id, title, state, trouble, pages, drawn, bytes, was_shown: wasShown }) => ({ id, title, state, trouble, pages, drawn, bytes, wasShown })),
    shown,
    abilities: { present: presents },
  };
}

/** The pages of a deck that there are to be seen. @throws AppError 404 */
export async function listPages(actor: Actor | null, number: number, deckId: string): Promise<SlidePages> {
  const deck = await findDeck(actor, number, deckId);
  return { items: (await database()('slide_pages').where('deck_id', deck.id).orderBy('number').select('number', 'width', 'height', 'words')) as SlidePages['items'] };
}
