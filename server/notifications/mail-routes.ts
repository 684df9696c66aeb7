import { z } from 'zod';
import { config } from '../config.ts';
import { Id } from '../contract/common.ts';
import { MailDetail, MailPage, MailQuery, MailService } from '../contract/notifications.ts';
import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import { administrators, anyone } from '../http/access.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { FileReply, routesOf } from '../http/route.ts';

const { route, routes } = routesOf('notifications');
const byId = z.object({ id: Id });

interface Row {
  id: string;
  to_address: string;
  subject: string;
  body_text: string;
  body_html: string;
  created_at: Date;
  sent_at: Date | null;
}

const presentMail = (row: Row) => ({ id: row.id, to: row.to_address, subject: row.subject, createdAt: row.created_at, sentAt: row.sent_at });

async function findMail(id: string): Promise<Row> {
  const row = (await database()('mails').where({ id }).first()) as Row | undefined;
  if (!row) throw notFound();
  return row;
}

route({
  method: 'get', path: '/mail-service', summary: 'Whether mails leave, or wait here for the administrator', access: anyone, response: MailService,
  handle: async () => ({ delivers: config.smtpUrl !== undefined }),
});

route({
  method: 'get', path: '/mails', summary: 'The mails that the platform wrote, newest first', access: administrators, query: MailQuery, response: MailPage,
  async handle({ query: { cursor, limit, to } }) {
    const rows = database()<Row>('mails').orderBy('id', 'desc').limit(limit + 1);
    if (to) rows.whereILike('to_address', `%${to.replace(/[%_\\]/g, '\\$&')}%`);
    if (cursor) rows.where('id', '<', decodeCursor(cursor, z.tuple([Id]))[0]);
    const { items, next } = toPage((await rows) as Row[], limit, (last) => [last.id]);
    return { items: items.map(presentMail), next };
  },
});

route({
  method: 'get', path: '/mails/:id', summary: 'A mail as text, with its links', access: administrators, params: byId, response: MailDetail,
  async handle({ params }) {
    const row = await findMail(params.id);
    return { ...presentMail(row), text: row.body_text, links: [...new Set(row.body_text.match(/https?:\/\/\S+/g) ?? [])] };
  },
});

route({
  method: 'get', path: '/mails/:id/html', summary: 'A mail as it looks: for a frame without scripts', access: administrators, params: byId, response: 'text/html',
  async handle({ params }) {
    const { body_html } = await findMail(params.id);
    return new FileReply('text/html; charset=utf-8', body_html, {
      headers: { 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox", 'X-Frame-Options': 'SAMEORIGIN' },
    });
  },
});

export const mailRoutes = routes;
