import './slide-messages.ts';
import './slide-chapters.ts';
import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { DeckChange, DeckInput, MOST_PAGES, RoomSlides, ShowInput, ShownSlide, SlidePages, SlideSize } from '../../contract/slides.ts';
import { WebinarNumber } from '../../contract/webinars.ts';
import { anyone, signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { addDeck } from './add-deck.ts';
import { changeDeck, removeDeck } from './change-deck.ts';
import { listPages, listSlides } from './list-slides.ts';
import { sendDeck, sendSlide } from './send-slide.ts';
import { showSlide } from './show-slide.ts';

const { route, routes } = routesOf('webinars');
const byNumber = z.object({ number: WebinarNumber });
const byDeck = byNumber.extend({ deck: Id });
const byPage = byDeck.extend({ page: z.coerce.number().int().min(1).max(MOST_PAGES), size: SlideSize });

route({
  method: 'get', path: '/webinars/:number/slides', summary: 'The slides of a room, and the page that is shown', access: signedIn, params: byNumber, response: RoomSlides,
  handle: ({ actor, params }) => listSlides(actor, params.number),
});

route({
  method: 'post', path: '/webinars/:number/slides', summary: 'Take an uploaded PDF as slides', access: signedIn, params: byNumber, body: DeckInput, response: RoomSlides, status: 201, limit: { points: 60, seconds: 3600 },
  async handle({ actor, params, body }) {
    await addDeck(actor, params.number, body);
    return listSlides(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/slides/shown', summary: 'Show a page to the whole room, or nothing', access: signedIn, params: byNumber, body: ShowInput, response: ShownSlide, limit: { points: 300, seconds: 60, here: true },
  handle: ({ actor, params, body }) => showSlide(actor, params.number, body),
});

route({
  method: 'patch', path: '/webinars/:number/slides/:deck', summary: 'Another name or place for slides', access: signedIn, params: byDeck, body: DeckChange, response: RoomSlides,
  async handle({ actor, params, body }) {
    await changeDeck(actor, params.number, params.deck, body);
    return listSlides(actor, params.number);
  },
});

route({
  method: 'delete', path: '/webinars/:number/slides/:deck', summary: 'Take slides away, from the replay too', access: signedIn, params: byDeck, response: Empty,
  async handle({ actor, params }) {
    await removeDeck(actor, params.number, params.deck);
    return {};
  },
});

route({
  method: 'get', path: '/webinars/:number/slides/:deck/pages', summary: 'The pages of slides, with what is written on them', access: anyone, params: byDeck, response: SlidePages,
  handle: ({ actor, params }) => listPages(actor, params.number, params.deck),
});

route({
  method: 'get', path: '/webinars/:number/slides/:deck/pages/:page/:size', summary: 'The picture of a page', access: anyone, params: byPage, response: 'image/webp',
  handle: ({ actor, params }) => sendSlide(actor, params.number, params.deck, params.page, params.size),
});

route({
  method: 'get', path: '/webinars/:number/slides/:deck/content', summary: 'The PDF of slides', access: anyone, params: byDeck, response: 'application/pdf',
  handle: ({ actor, params }) => sendDeck(actor, params.number, params.deck),
});

export const slideRoutes = routes;
