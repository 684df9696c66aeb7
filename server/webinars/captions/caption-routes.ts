import { z } from 'zod';
import { CaptionInput, CaptionSaid, CaptionsQuery, LiveCaptions } from '../../contract/live-captions.ts';
import { WebinarNumber } from '../../contract/webinars.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { listCaptions } from './list-captions.ts';
import { writeCaption } from './write-caption.ts';

const { route, routes } = routesOf('webinars');
const byNumber = z.object({ number: WebinarNumber });

route({
  method: 'get', path: '/webinars/:number/captions', summary: 'What is being said in a room, written along', access: signedIn, params: byNumber, query: CaptionsQuery, response: LiveCaptions,
  handle: ({ actor, params, query: { latest, ...query } }) => listCaptions(actor, params.number, { ...query, latest: latest === '1' }),
});

route({
  // Faster than anybody types
  method: 'post', path: '/webinars/:number/captions', summary: 'A line of what is being said', access: signedIn, params: byNumber, body: CaptionInput, response: CaptionSaid, status: 201, limit: { points: 120, seconds: 60, here: true },
  handle: async ({ actor, params, body }) => ({ caption: await writeCaption(actor, params.number, body) }),
});

export const captionRoutes = routes;
