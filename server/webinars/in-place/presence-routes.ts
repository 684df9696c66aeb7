import { z } from 'zod';
import { OwnScan, PresenceCode, ScanInput } from '../../contract/presence-code.ts';
import { WebinarNumber } from '../../contract/webinars.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { readOwnScan, scan } from './scan.ts';
import { showCode } from './show-code.ts';

const { route, routes } = routesOf('webinars');
const byNumber = z.object({ number: WebinarNumber });

route({
  method: 'get', path: '/webinars/:number/presence-code', summary: 'The code that is shown in a physical room now, for who runs the lesson', access: signedIn, params: byNumber, response: PresenceCode,
  handle: ({ actor, params }) => showCode(actor, params.number),
});

route({
  method: 'get', path: '/webinars/:number/presence', summary: 'Whether I am down as being in the physical room', access: signedIn, params: byNumber, response: OwnScan,
  handle: ({ actor, params }) => readOwnScan(actor, params.number),
});

route({
  method: 'post', path: '/webinars/:number/presence', summary: 'Come into a physical room or go out, by the code that is shown there', access: signedIn, params: byNumber, body: ScanInput, response: OwnScan, limit: { points: 15, seconds: 300 },
  handle: ({ actor, params, body }) => scan(actor, params.number, body),
});

export const presenceRoutes = routes;
