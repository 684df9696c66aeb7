import { z } from 'zod';
import { Id } from '../contract/common.ts';
import { NoticePage, NoticeQuery, Unread } from '../contract/notifications.ts';
import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { notFound } from '../errors.ts';
import { signedIn } from '../http/access.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { routesOf } from '../http/route.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { levelRoutes } from './levels/level-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { countUnread } from './notify.ts';
import { inboundRoutes } from './reply-by-mail/inbound-routes.ts';
import { settingsRoutes } from './settings/settings-routes.ts';
import { type NoticeParams, textOf } from './texts.ts';
import { unsubscribeRoutes } from './unsubscribe/unsubscribe-routes.ts';
import { whyOf } from './why.ts';

const { route, routes } = routesOf('notifications');

interface Row {
  id: string;
  kind: string;
  params: NoticeParams;
  link: string | null;
  created_at: Date;
  read_at: Date | null;
}

route({
  method: 'get', path: '/notices', summary: 'My notices, newest first', access: signedIn, query: NoticeQuery, response: NoticePage,
  async handle({ actor, query, language }) {
    const rows = database()<Row>('notices').where('person_id', actor.id).orderBy('id', 'desc').limit(query.limit + 1).select('id', 'kind', 'params', 'link', 'created_at', 'read_at');
    if (query.unread === 'true') rows.whereNull('read_at');
    if (query.cursor) rows.where('id', '<', decodeCursor(query.cursor, z.tuple([Id]))[0]);
    const { items, next } = toPage((await rows) as Row[], query.limit, (last) => [last.id]);
    return {
      items: items.map((row) => {
        const { title, text } = textOf(row.kind, language, row.params);
        return { id: row.id, kind: row.kind, title, text, link: row.link, createdAt: row.created_at, readAt: row.read_at, why: whyOf(row.params, language) };
      }),
      next,
    };
  },
});

/** Marks some or all as read and tells the person's other windows. */
async function markRead(personId: string, id?: string): Promise<{ unread: number } | undefined> {
  return transaction(async (tx) => {
    const mine = tx('notices').where('person_id', personId);
    if (id !== undefined && !(await mine.clone().where({ id }).first('id'))) return undefined;
    await (id === undefined ? mine : mine.where({ id })).whereNull('read_at').update({ read_at: new Date() });
    const unread = await countUnread(tx, personId);
    publish(tx, roomOf.person(personId), 'notices:changed', { unread });
    return { unread };
  });
}

route({
  method: 'put', path: '/notices/reading', summary: 'Mark all my notices as read', access: signedIn, response: Unread,
  handle: async ({ actor }) => (await markRead(actor.id)) ?? { unread: 0 },
});

route({
  method: 'put', path: '/notices/:id/reading', summary: 'Mark a notice as read', access: signedIn, params: z.object({ id: Id }), response: Unread,
  async handle({ actor, params }) {
    const outcome = await markRead(actor.id, params.id);
    if (!outcome) throw notFound();
    return outcome;
  },
});

export const notificationsRoutes = [...routes, ...mailRoutes, ...levelRoutes, ...settingsRoutes, ...unsubscribeRoutes, ...inboundRoutes];
