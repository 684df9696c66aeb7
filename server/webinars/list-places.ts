import { bodyTitle } from '../contract/body-name.ts';
import type { BodyKind } from '../contract/territory.ts';
import type { WebinarPlaces } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { prepared } from '../database/prepared.ts';
import { forbidden } from '../errors.ts';
import { romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { MODERATES } from '../community/reach.ts';
import { mayAppointInspectors, maySchedule } from './policy.ts';
import { webinarReachOf, webinarReachValues } from './reach.ts';

/** SQL over `ed` and the actor's reach: the editions for which she may schedule. */
const TAUGHT = `ed.published_at is not null and ed.cancelled_at is null and ed.ends_on >= $7::date
  and ($4::boolean or $5::boolean or ed.course_id = any($6::uuid[]) or exists (select from edition_trainers t where t.edition_id = ed.id and t.person_id = $1::uuid))`;

/** Every value is named once, so that a statement may use few of them. */
const values = (actor: Actor): unknown[] => [...webinarReachValues(webinarReachOf(actor)), romeDay()];
const ALL = 'select from (select $1::uuid, $2::boolean, $3::uuid[], $4::boolean, $5::boolean, $6::uuid[], $7::date) reach';

const EDITIONS = `select ed.id, ed.code, v.title as course,
    coalesce((select json_agg(json_build_object('key', l.key, 'title', l.title) order by l.position) from lessons l where l.version_id = ed.version_id), '[]') as lessons
  from editions ed join course_versions v on v.id = ed.version_id where exists (${ALL}) and ${TAUGHT} order by ed.starts_on desc, ed.code limit 200`;
const NETWORKS = `select n.key, n.name from networks n where exists (${ALL}) and n.archived_at is null and ${MODERATES} order by n.name`;
const SOMEWHERE = `select exists (${ALL}) and (exists (select from editions ed where ${TAUGHT}) or exists (select from networks n where n.archived_at is null and ${MODERATES})) as yes`;

export async function listPlaces(actor: Actor): Promise<WebinarPlaces> {
  const [editions, networks] = await Promise.all([
    prepared<WebinarPlaces['editions'][number]>('webinar-editions', EDITIONS, values(actor)), prepared<WebinarPlaces['networks'][number]>('webinar-networks', NETWORKS, values(actor)),
  ]);
  return { alone: maySchedule(actor), editions, networks, abilities: { inspectors: mayAppointInspectors(actor) } };
}

/** Whether there is a place at all where one may schedule. */
export async function mayScheduleSomewhere(actor: Actor | null): Promise<boolean> {
  if (!actor) return false;
  return maySchedule(actor) || ((await prepared<{ yes: boolean }>('webinar-somewhere', SOMEWHERE, values(actor)))[0]?.yes ?? false);
}

/** Registered people whose name has all these words: who may run a webinar with her. Names and bodies, no addresses. @throws AppError 403 */
export async function findStaffCandidates(actor: Actor, q: string): Promise<{ id: string; name: string; body: string | null }[]> {
  if (!(await mayScheduleSomewhere(actor))) throw forbidden();
  const words = q.split(/\s+/).filter(Boolean).map((word) => `%${word.replaceAll(/[%_\\]/g, '\\$&')}%`);
  const { rows } = await database().raw<{ rows: { id: string; name: string; body: string | null; kind: BodyKind | null }[] }>(
    `select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from people p left join bodies b on b.id = p.body_id
      where p.confirmed_at is not null and p.suspended_at is null
        and not exists (select from unnest(?::text[]) w where plain(p.given_name || ' ' || p.family_name) not like plain(w))
      order by p.family_name collate "it-x-icu", p.given_name collate "it-x-icu", p.id limit 10`, [words]);
  return rows.map(({ id, name, body, kind }) => ({ id, name, body: body && kind ? bodyTitle({ name: body, kind }) : null }));
}
