import { type Actor, holds } from '../http/actor.ts';

/** What a query must know of who asks. */
export interface Reach {
  /** null: nobody signed in. */
  personId: string | null;
  /** UPI, or a moderator of the whole platform. */
  everything: boolean;
  /** The networks that she moderates. */
  moderated: string[];
}

export function reachOf(actor: Pick<Actor, 'id' | 'roles'> | null): Reach {
  return {
    personId: actor?.id ?? null,
    everything: holds(actor, 'admin') || holds(actor, 'moderator'),
    moderated: (actor?.roles ?? []).flatMap(({ role, scope, scopeId }) => (role === 'moderator' && scope === 'network' && scopeId ? [scopeId] : [])),
  };
}

/** The reach as the first three parameters of a statement: `$1` person, `$2` everything, `$3` moderated networks. */
export const reachValues = ({ personId, everything, moderated }: Reach): [string | null, boolean, string[]] => [personId, everything, moderated];

/** Her own membership beside networks `n`, for a statement that begins with `reachValues`. */
export const OWN_MEMBERSHIP = 'left join network_members m on m.network_id = n.id and m.person_id = $1::uuid';

/** Whether she moderates `n`. */
export const MODERATES = '($2::boolean or n.id = any($3::uuid[]))';

/** What may be read of networks `n`: permission is in the query, so that no channel can forget it. */
export const READABLE = `(n.reading = 'public' or m.status = 'active' or ${MODERATES})`;

/** Who is not in a closed network does not know that it exists. */
export const VISIBLE = `(n.archived_at is null or ${MODERATES}) and (n.reading = 'public' or n.joining <> 'closed' or m.status = 'active' or ${MODERATES})`;

/** Until when she may not write in `n`, for a statement that begins with `reachValues`; null: she may. */
export const SUSPENDED_UNTIL = `(select max(s.until) from moderation_measures s
  where s.person_id = $1::uuid and s.kind = 'suspended' and s.lifted_at is null and s.until > now() and (s.network_id is null or s.network_id = n.id))`;

/** How far she has read thread `t`, with her reading `r`: what she saw, or what was there before she came or marked all as read. */
export const READ_SEQUENCE = `greatest(coalesce(r.sequence, 0), case
  when m.read_until is null or t.created_at > m.read_until then 0
  when t.last_post_at <= m.read_until then t.last_sequence
  else (select coalesce(max(p.sequence), 0) from posts p where p.thread_id = t.id and coalesce(p.placed_at, p.created_at) <= m.read_until) end)`;

/** How closely one may follow, the most attentive first. */
const LEVELS = "array['watching', 'first', 'normal', 'tracking', 'muted']";

/** The level at which somebody follows thread `t`: its own, else the most attentive of its tags', else its network's, else null. */
export const levelOf = (person: string): string => `coalesce(
  (select l.level from notification_levels l where l.person_id = ${person} and l.thread_id = t.id),
  (select l.level from notification_levels l where l.person_id = ${person} and l.network_id = t.network_id and l.tag = any(t.tags) order by array_position(${LEVELS}, l.level) limit 1),
  (select l.level from notification_levels l where l.person_id = ${person} and l.network_id = t.network_id and l.tag is null))`;

/** Whether she has muted thread `t`; who has muted nothing at all is asked once for a whole list. */
export const MUTED = `(exists (select from notification_levels q where q.person_id = $1::uuid and q.level = 'muted') and coalesce(${levelOf('$1::uuid')}, 'normal') = 'muted')`;

/** Whether somebody is in a network or moderates it: who is told of what is written there, and may be named. */
export const belongs = (person: string, network: string): string => `exists (
  select from network_members x where x.network_id = ${network} and x.person_id = ${person} and x.status = 'active'
  union all select from roles y where y.person_id = ${person} and y.revoked_at is null and (y.role = 'admin' or (y.role = 'moderator' and (y.scope_id is null or y.scope_id = ${network}))))`;
