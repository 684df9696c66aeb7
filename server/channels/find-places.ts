import { belongs, MODERATES, OWN_MEMBERSHIP, reachOf, reachValues, SUSPENDED_UNTIL, VISIBLE } from '../community/reach.ts';
import { prepared } from '../database/prepared.ts';
import { type Actor, holds } from '../http/actor.ts';

/** A channel with what somebody is in it. */
export interface FoundChannel {
  place: string;
  kind: 'network' | 'edition';
  /** Of the network or edition. */
  place_id: string;
  title: string;
  href: string;
  /** null: nothing has been written in it. */
  channel_id: string | null;
  last_sequence: number;
  read_sequence: number;
  /** She is in it, or keeps order there. */
  inside: boolean;
  /** She keeps order: moderates the network, trains in the edition. */
  moderates: boolean;
  suspended_until: Date | null;
  /** An archived network, a cancelled edition: what was said stays, nothing is added. */
  over: boolean;
}

type Place = Omit<FoundChannel, 'place'>;

const READ = 'left join channel_readings r on r.channel_id = c.id and r.person_id = $1::uuid';

/** In a network are its members, and who moderates. */
const NETWORK = `
  select 'network' as kind, n.id as place_id, n.name as title, '/reti/' || n.key as href, c.id as channel_id, coalesce(c.last_sequence, 0) as last_sequence, coalesce(r.sequence, 0) as read_sequence,
         coalesce(m.status = 'active', false) or ${MODERATES} as inside, ${MODERATES} as moderates, ${SUSPENDED_UNTIL} as suspended_until, n.archived_at is not null as over
    from networks n ${OWN_MEMBERSHIP} left join channels c on c.network_id = n.id ${READ} where n.key = $4 and ${VISIBLE}`;

export async function findNetworkChannel(actor: Actor, key: string): Promise<Place | undefined> {
  const [row] = await prepared<Place>('channel-of-network', NETWORK, [...reachValues(reachOf(actor)), key]);
  return row;
}

/** The courses in which somebody trains: all, or these. */
export const taughtBy = (actor: Actor): [boolean, string[]] => [
  holds(actor, 'admin') || holds(actor, 'trainer'),
  actor.roles.flatMap(({ role, scope, scopeId }) => (role === 'trainer' && scope === 'course' && scopeId ? [scopeId] : [])),
];

/** Who learns in edition `ed`, as SQL: `person` is SQL too. */
export const learnsIn = (person: string): string => `exists (select from enrolments e where e.edition_id = ed.id and e.person_id = ${person} and e.status in ('active', 'completed'))`;
/** Who was named its trainer, or trains in its course. */
export const trainsIn = (person: string): string => `(exists (select from edition_trainers t where t.edition_id = ed.id and t.person_id = ${person})
  or exists (select from roles y where y.person_id = ${person} and y.revoked_at is null and y.role = 'trainer' and y.scope = 'course' and y.scope_id = ed.course_id))`;

/** Whether somebody is in the channel of edition `ed`: who learns or trains there, and whoever may keep order in all of them. */
export const isInEdition = (person: string): string => `(${learnsIn(person)} or ${trainsIn(person)} or exists (select from roles z where z.person_id = ${person} and z.revoked_at is null and (z.role = 'admin' or (z.role = 'trainer' and z.scope = 'platform'))))`;

/** Whether somebody is in channel `c`, of edition `ed` where it is one's: for who is told without asking. */
export const HEARS_CHANNEL = (person: string): string => `case when c.network_id is null then ${isInEdition(person)} else ${belongs(person, 'c.network_id')} end`;

const EDITION = `
  select 'edition' as kind, ed.id as place_id, v.title || ' (' || ed.code || ')' as title, c.id as channel_id, coalesce(c.last_sequence, 0) as last_sequence, coalesce(r.sequence, 0) as read_sequence,
         (select e.id from enrolments e where e.edition_id = ed.id and e.person_id = $1::uuid and e.status in ('active', 'completed') limit 1) as enrolment_id, ed.cancelled_at is not null as over,
         $2::boolean or ed.course_id = any($3::uuid[]) or exists (select from edition_trainers t where t.edition_id = ed.id and t.person_id = $1::uuid) as moderates,
         (select max(s.until) from moderation_measures s where s.person_id = $1::uuid and s.kind = 'suspended' and s.lifted_at is null and s.until > now() and s.network_id is null) as suspended_until
    from editions ed join course_versions v on v.id = ed.version_id left join channels c on c.edition_id = ed.id ${READ} where ed.id = $4 and (ed.published_at is not null or ed.cancelled_at is not null)`;

/** In an edition are those who learn in it, and who trains. */
export async function findEditionChannel(actor: Actor, id: string): Promise<Place | undefined> {
  const [row] = await prepared<Place & { enrolment_id: string | null }>('channel-of-edition', EDITION, [actor.id, ...taughtBy(actor), id]);
  if (!row) return undefined;
  const { enrolment_id, ...place } = row;
  return { ...place, inside: enrolment_id !== null || place.moderates, href: enrolment_id !== null ? `/percorso/${enrolment_id}` : `/amministrazione/edizioni/${id}` };
}
