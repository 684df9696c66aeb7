import './stream-messages.ts';
import { z } from 'zod';
import { RoomStreams } from '../../contract/room-streams.ts';
import { WebinarNumber } from '../../contract/webinars.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { listStreams, openStream } from './room-streams.ts';

const { route, routes } = routesOf('webinars');
const byNumber = z.object({ number: WebinarNumber });

route({
  method: 'get', path: '/webinars/:number/streams', summary: 'What is sent in a live room now, as streams over HTTP', access: signedIn, params: byNumber, response: RoomStreams,
  handle: ({ actor, params }) => listStreams(actor, params.number),
});

route({
  method: 'get', path: '/webinars/:number/streams/:track', summary: 'A voice or a picture of a live room as WebM, from now on', access: signedIn, params: byNumber.extend({ track: z.coerce.number().int().min(1).max(0xffff) }), response: 'video/webm', limit: { points: 120, seconds: 60, here: true },
  handle: ({ actor, params }) => openStream(actor, params.number, params.track),
});

export const streamRoutes = routes;
