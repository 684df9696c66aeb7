import { createHash, randomBytes } from 'node:crypto';
import { config } from '../config.ts';
import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { mayBeTold } from './reach.ts';
import type { Webinar } from './webinar.ts';
import { writeCalendar } from './write-calendar.ts';

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A calendar shows what was for so long. */
const PAST_DAYS = 90;

/** A new secret address for one's calendar; the one before no longer works. */
export async function createFeed(actor: Actor): Promise<{ url: string; createdAt: Date }> {
  const secret = randomBytes(24).toString('base64url');
  const columns = { digest: digestOf(secret), created_at: clock.now() };
  await database()('calendar_feeds').insert({ person_id: actor.id, ...columns }).onConflict('person_id').merge(columns);
  return { url: `${config.publicUrl}/api/v1/calendars/${secret}`, createdAt: columns.created_at };
}

export async function readFeedState(actor: Actor): Promise<{ createdAt: Date | null }> {
  const row = (await database()('calendar_feeds').where('person_id', actor.id).first('created_at')) as { created_at: Date } | undefined;
  return { createdAt: row?.created_at ?? null };
}

/** Its address no longer works. */
export async function revokeFeed(actor: Actor): Promise<void> {
  await database()('calendar_feeds').where('person_id', actor.id).delete();
}

/** The calendar behind a secret address: the webinars in which its person has a seat or a part, as far as she may still know of them. @throws AppError 404 */
export async function writeFeed(secret: string): Promise<string> {
  const owner = (await database()('calendar_feeds as c').join('people as p', 'p.id', 'c.person_id').where('c.digest', digestOf(secret)).whereNull('p.suspended_at').first('p.id')) as { id: string } | undefined;
  if (!owner) throw notFound();
  const { rows } = await database().raw<{ rows: (Webinar & { revision: number | null })[] }>(
    `select w.*, s.revision from webinars w left join webinar_seats s on s.webinar_id = w.id and s.person_id = :id::uuid left join webinar_staff f on f.webinar_id = w.id and f.person_id = :id::uuid
      where (s.status = 'registered' or f.role is not null) and w.starts_at > :since and ${mayBeTold(':id::uuid')} order by w.starts_at limit 1000`,
    { id: owner.id, since: new Date(clock.now().getTime() - PAST_DAYS * 86_400_000) });
  return writeCalendar(rows.map((webinar) => ({ webinar, revisions: (webinar.revision ?? 1) - 1 })), { method: 'PUBLISH', name: 'Webinar Pi.Co.', now: clock.now() });
}
