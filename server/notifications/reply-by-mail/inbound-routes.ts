import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { config } from '../../config.ts';
import { notFound, notSignedIn } from '../../errors.ts';
import { anyone } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { MAX_MAIL_BYTES, receiveMail } from './receive-mail.ts';

const { route, routes } = routesOf('notifications');

const digest = (text: string) => createHash('sha256').update(text).digest();
const Address = z.string().max(320);
/** As the mail server knows it; several addresses comma-separated. */
const Envelope = z.object({ from: Address.optional(), to: z.string().max(4000).optional() });

route({
  method: 'post', path: '/inbound-mails', summary: 'A mail server hands in a mail (message/rfc822), with the shared secret as bearer token', access: anyone, query: Envelope, accepts: 'message/rfc822',
  response: z.object({ outcome: z.string() }), maxBody: 2 * MAX_MAIL_BYTES, limit: { points: 600, seconds: 60, here: true },
  async handle({ raw, authorization, query }) {
    // Off, it is not there
    if (config.inboundMailSecret === undefined) throw notFound();
    if (!timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${config.inboundMailSecret}`))) throw notSignedIn();
    return { outcome: await receiveMail({ raw: await raw(), from: query.from ?? null, to: query.to?.split(',') ?? [] }) };
  },
});

export const inboundRoutes = routes;
