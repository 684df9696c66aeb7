import { database } from '../database/connection.ts';
import { type Actor, holds } from '../http/actor.ts';
import type { BodyKind } from '../territory/body.ts';
import { coveredBodies } from './covered-bodies.ts';
import { NAMED_NETWORK } from './named-network.ts';

export interface AuditRow {
  id: string;
  at: Date;
  act: string;
  actor_id: string | null;
  actor_name: string | null;
  subject_kind: string;
  subject_id: string | null;
  subject_name: string | null;
  body_id: string | null;
  body_name: string | null;
  body_kind: BodyKind | null;
  details: Record<string, unknown>;
}

export interface AuditFilter {
  /** Who acted, or whom it was about. */
  personId?: string | undefined;
  bodyId?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** Of whom and of which course an enrolment was. */
const ENROLMENT_NAME = `select n.given_name || ' ' || n.family_name || ', ' || v.title
  from enrolments r join people n on n.id = r.person_id join editions d on d.id = r.edition_id join course_versions v on v.id = d.version_id`;
/** What the entry was about, by name. The tables are of features to the right; the names stand in them. */
const subjectName = (everything: boolean): string => `case e.subject_kind
  when 'enrolment' then (${ENROLMENT_NAME} where r.id = e.subject_id)
  when 'certificate' then (${ENROLMENT_NAME} join certificates x on x.enrolment_id = r.id where x.id = e.subject_id)
  when 'membership' then (select n.given_name || ' ' || n.family_name || case when ${everything ? 'true' : NAMED_NETWORK} then ', ' || w.name else '' end from network_members m join people n on n.id = m.person_id join networks w on w.id = m.network_id where m.id = e.subject_id)
  when 'network' then (select name from networks w where w.id = e.subject_id)
  when 'thread' then (select title from threads t where t.id = e.subject_id)
  when 'post' then (select t.title from posts o join threads t on t.id = o.thread_id where o.id = e.subject_id)
  when 'document' then (select title from documents t where t.id = e.subject_id)
  when 'practice' then (select title from practices t where t.id = e.subject_id)
  when 'edition' then (select v.title from editions d join course_versions v on v.id = d.version_id where d.id = e.subject_id)
  else coalesce(p.given_name || ' ' || p.family_name, s.name) end as subject_name`;

/** What was done: a coordinator reads what concerns her bodies, UPI everything. Newest first, one row too many. */
export async function listAudit(actor: Actor, { personId, bodyId, after, limit }: AuditFilter): Promise<AuditRow[]> {
  const query = database()('audit_entries as e').leftJoin('people as a', 'a.id', 'e.actor_id').leftJoin('bodies as b', 'b.id', 'e.body_id')
    .leftJoin('people as p', (on) => on.on('p.id', 'e.subject_id').andOnVal('e.subject_kind', 'person')).leftJoin('bodies as s', (on) => on.on('s.id', 'e.subject_id').andOnVal('e.subject_kind', 'body'))
    .orderBy('e.id', 'desc').limit(limit + 1)
    .select<AuditRow[]>('e.id', 'e.at', 'e.act', 'e.actor_id', 'e.subject_kind', 'e.subject_id', 'e.body_id', 'e.details', 'b.name as body_name', 'b.kind as body_kind',
      database().raw("a.given_name || ' ' || a.family_name as actor_name"), database().raw(subjectName(holds(actor, 'admin'))));
  if (!holds(actor, 'admin')) query.whereRaw('e.body_id = any(?)', [await coveredBodies(actor)]);
  if (personId) query.where((either) => either.where('e.actor_id', personId).orWhere('e.subject_id', personId));
  if (bodyId) query.where('e.body_id', bodyId);
  if (after) query.where('e.id', '<', after);
  return query;
}
