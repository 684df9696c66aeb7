import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../../community/reach.ts';
import type { FollowedPlace, NoticeLevel } from '../../contract/notifications.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';

interface Row {
  level: NoticeLevel;
  key: string;
  name: string;
  tag: string | null;
  number: number | null;
  title: string | null;
}

const FOLLOWED = `
  select l.level, n.key, n.name, l.tag, t.number, t.title
    from notification_levels l left join threads t on t.id = l.thread_id join networks n on n.id = coalesce(l.network_id, t.network_id) ${OWN_MEMBERSHIP}
   where l.person_id = $1::uuid and t.deleted_at is null and ${READABLE}
   order by n.name, t.id is not null, l.tag nulls first, t.number desc limit 300`;

/** Where she chose how closely to follow, of what she may still read. */
export async function listFollowed(actor: Actor): Promise<FollowedPlace[]> {
  const rows = await prepared<Row>('levels-followed', FOLLOWED, reachValues(reachOf(actor)));
  return rows.map(({ level, key, name, tag, number, title }) => ({ level, network: { key, name }, tag, thread: number !== null && title !== null ? { number, title } : null }));
}
