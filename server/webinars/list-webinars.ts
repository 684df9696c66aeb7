import { z } from 'zod';
import { Id } from '../contract/common.ts';
import type { StaffRole, WebinarQuery } from '../contract/webinars.ts';
import { OVERRUN_MINUTES } from '../contract/webinars.ts';
import { prepared } from '../database/prepared.ts';
import { notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { STANDING, type WebinarStanding } from './find-webinar.ts';
import { KNOWN, PLACES, webinarReachOf, webinarReachValues } from './reach.ts';
import type { Webinar } from './webinar.ts';

/** A webinar with what its card shows. */
export interface CardRow extends Webinar, WebinarStanding {
  network_key: string | null;
  network_name: string | null;
  edition_code: string | null;
  course_title: string | null;
  taken: number;
}

export const CARD = `w.*, ${STANDING}, n.key as network_key, n.name as network_name, ed.code as edition_code,
  (select v.title from course_versions v where v.id = ed.version_id) as course_title,
  case when w.capacity is not null then (select count(*)::int from webinar_seats c where c.webinar_id = w.id and c.status = 'registered') else 0 end as taken`;

/** Still to come, or going on: a room that is open may run over its time. */
const COMING = `(w.closed_at is null and w.ends_at > case when w.opened_at is null then $7::timestamptz else $7::timestamptz - interval '${OVERRUN_MINUTES} minutes' end)`;

const LIST = (when: 'coming' | 'past') => `select ${CARD} from webinars w ${PLACES}
  where ${KNOWN} and ${when === 'coming' ? COMING : `not ${COMING}`}
    and ($8::text is null or w.kind = $8) and ($9::text is null or n.key = $9) and ($10::uuid is null or w.edition_id = $10)
    and (not $11::boolean or f.role is not null or s.status in ('registered', 'waiting'))
    and ($12::timestamptz is null or (w.starts_at, w.id) ${when === 'coming' ? '>' : '<'} ($12, $13::uuid))
  order by w.starts_at ${when === 'coming' ? 'asc' : 'desc'}, w.id ${when === 'coming' ? 'asc' : 'desc'} limit $14`;

const [COMING_LIST, PAST_LIST] = [LIST('coming'), LIST('past')];

/** The webinars that one may know of: what comes next first, what was last first. */
export async function listWebinars(actor: Actor | null, query: WebinarQuery): Promise<{ items: CardRow[]; next: string | null }> {
  const [startsAt, id] = query.cursor ? decodeCursor(query.cursor, z.tuple([z.iso.datetime(), Id])) : [];
  const values = [...webinarReachValues(webinarReachOf(actor)), clock.now(), query.kind ?? null, query.network ?? null, query.edition ?? null, query.mine === '1', startsAt ?? null, id ?? null, query.limit + 1];
  const rows = query.when === 'coming' ? await prepared<CardRow>('webinars-coming', COMING_LIST, values) : await prepared<CardRow>('webinars-past', PAST_LIST, values);
  return toPage(rows, query.limit, (last) => [last.starts_at.toISOString(), last.id]);
}

const ONE = `select ${CARD}, case when s.status = 'waiting' then (select count(*)::int from webinar_seats q where q.webinar_id = w.id and q.status = 'waiting' and (q.at, q.id) <= (s.at, s.id)) end as waiting_position,
    (select l.title from lessons l where l.version_id = ed.version_id and l.key = w.lesson_key) as lesson_title,
    coalesce((select json_agg(json_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name, 'role', x.role) order by array_position(array['organiser', 'presenter', 'co-presenter', 'moderator'], x.role), p.family_name, p.id)
      from webinar_staff x join people p on p.id = x.person_id where x.webinar_id = w.id and (x.role <> 'inspector' or $4::boolean)), '[]') as people
  from webinars w ${PLACES} where w.number = $7 and ${KNOWN}`;

export interface SheetRow extends CardRow {
  waiting_position: number | null;
  lesson_title: string | null;
  people: { id: string; name: string; role: StaffRole }[];
}

/** @throws AppError 404 */
export async function readCard(actor: Actor | null, number: number): Promise<SheetRow> {
  const [row] = await prepared<SheetRow>('webinar-sheet', ONE, [...webinarReachValues(webinarReachOf(actor)), number]);
  if (!row) throw notFound();
  return row;
}

const SERIES = `select w.number, w.starts_at, w.cancelled_at from webinars w ${PLACES} where w.series_id = $7::uuid and ${KNOWN} order by w.starts_at`;

/** The meetings of a series that one may know of. */
export async function listSeries(actor: Actor | null, seriesId: string): Promise<Pick<Webinar, 'number' | 'starts_at' | 'cancelled_at'>[]> {
  return prepared<Pick<Webinar, 'number' | 'starts_at' | 'cancelled_at'>>('webinar-series', SERIES, [...webinarReachValues(webinarReachOf(actor)), seriesId]);
}
