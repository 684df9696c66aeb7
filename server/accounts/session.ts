import { createHash } from 'node:crypto';
import { database } from '../database/connection.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { Actor, HeldRole, Language } from '../http/actor.ts';

/** A session ends when it was not used for so long; each use moves the end. */
export const SESSION_DAYS = 30;

/** What is kept of a secret: enough to recognise it, useless to who steals the table. */
export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

interface Row {
  digest: string;
  session_id: string;
  seen_long_ago: boolean;
  id: string;
  given_name: string;
  family_name: string;
  email: string;
  language: Language;
  body_id: string | null;
  roles: HeldRole[];
}

const FIND = `
  select encode(s.digest, 'hex') as digest, s.id as session_id, s.seen_at < now() - interval '5 minutes' as seen_long_ago,
         p.id, p.given_name, p.family_name, p.email::text, p.language, p.body_id,
         coalesce((select json_agg(json_build_object('role', r.role, 'scope', r.scope, 'scopeId', r.scope_id))
                     from roles r where r.person_id = p.id and r.revoked_at is null), '[]') as roles
    from unnest($1::text[]) asked(digest) join sessions s on s.digest = decode(asked.digest, 'hex') join people p on p.id = s.person_id
   where s.revoked_at is null and s.expires_at > now() and p.suspended_at is null`;

/** Every request asks, so those that come together are one query; none is remembered, so that a session ends at once. */
const findActor = together<Actor>(async (digests) => {
  const rows = await prepared<Row>('sessions-find', FIND, [digests]);
  const old = rows.filter((row) => row.seen_long_ago).map((row) => row.session_id);
  if (old.length > 0) await database().raw('update sessions set seen_at = now(), expires_at = now() + make_interval(days => ?) where id = any(?::uuid[])', [SESSION_DAYS, old]);
  return new Map(rows.map((row) => [row.digest, actorOf(row)]));
});

/** Who a session cookie's secret belongs to. Suspended people and ended sessions are nobody. */
export async function loadActor(secret: string): Promise<Actor | null> {
  return (await findActor(digestOf(secret).toString('hex'))) ?? null;
}

const actorOf = (row: Row): Actor => ({
  id: row.id, sessionId: row.session_id, givenName: row.given_name, familyName: row.family_name, email: row.email,
  language: row.language, bodyId: row.body_id, roles: row.roles,
});
