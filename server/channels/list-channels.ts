import { MOST_UNREAD } from '../contract/channels.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import { learnsIn, trainsIn } from './find-places.ts';

export interface ChannelRow {
  kind: 'network' | 'edition';
  place: string;
  title: string;
  last_at: Date | null;
  excerpt: string | null;
  author: string | null;
  unread: number;
}

const EXCERPT = 140;

/** Her own networks and editions: where somebody only may look, as UPI may everywhere, is not where she talks. What was said before she came is not new to her. */
const LIST = `
  with places as (
    select 'network' as kind, 'rete-' || n.key as place, n.name as title, n.id as network_id, null::uuid as edition_id, m.decided_at as since
      from networks n left join network_members m on m.network_id = n.id and m.person_id = $1::uuid and m.status = 'active'
     where n.archived_at is null and (m.id is not null or exists (select from roles y where y.person_id = $1::uuid and y.revoked_at is null and y.role = 'moderator' and y.scope_id = n.id))
    union all
    select 'edition', 'edizione-' || ed.id, v.title || ' (' || ed.code || ')', null, ed.id, (select e.activated_at from enrolments e where e.edition_id = ed.id and e.person_id = $1::uuid and e.status in ('active', 'completed') limit 1)
      from editions ed join course_versions v on v.id = ed.version_id where ed.published_at is not null and ed.cancelled_at is null and (${learnsIn('$1::uuid')} or ${trainsIn('$1::uuid')}))
  select p.kind, p.place, p.title, c.last_at, left(x.text, ${EXCERPT}) as excerpt, a.given_name || ' ' || a.family_name as author,
         (select count(*)::int from (select from channel_messages u where u.channel_id = c.id and u.sequence > coalesce(r.sequence, 0) and u.author_id <> $1::uuid and u.hidden_at is null
            and (r.sequence is not null or p.since is null or u.at > p.since) limit ${MOST_UNREAD}) few) as unread
    from places p left join channels c on c.network_id = p.network_id or c.edition_id = p.edition_id
         left join channel_readings r on r.channel_id = c.id and r.person_id = $1::uuid
         left join lateral (select u.text, u.author_id from channel_messages u where u.channel_id = c.id and u.hidden_at is null order by u.sequence desc limit 1) x on true
         left join people a on a.id = x.author_id
   order by c.last_at desc nulls last, p.title limit 200`;

/** The channels in which somebody takes part, what was written last first. */
export const listChannels = (actor: Actor): Promise<ChannelRow[]> => prepared<ChannelRow>('channels-list', LIST, [actor.id]);
