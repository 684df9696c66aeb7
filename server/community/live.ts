import { database } from '../database/connection.ts';
import { prepared } from '../database/prepared.ts';
import type { TopicPolicy } from '../sockets/server.ts';
import { MODERATES, OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from './reach.ts';

/** `thread:12` and `network:<id>`: who may read them may hear that they changed; `presence:12`: who takes part there sees who else is there. Asked at each subscription; who loses the right is cut off. */
export const communityTopic: TopicPolicy = async (topic, actor) => {
  const [kind, id = '', ...more] = topic.split(':');
  if (more.length > 0) return undefined;
  if (kind === 'thread') {
    if (!/^[1-9]\d{0,8}$/.test(id)) return undefined;
    const thread = (await database()('threads').where('number', Number(id)).whereNull('deleted_at').first('network_id')) as { network_id: string } | undefined;
    return thread ? mayHear(thread.network_id, actor) : undefined;
  }
  if (kind === 'presence') return /^[1-9]\d{0,8}$/.test(id) ? mayBeSeen(Number(id), actor) : undefined;
  if (kind === 'network') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? mayHear(id, actor) : undefined;
  return undefined;
};

/** Members and who moderates see each other, unless they do not want to. */
async function mayBeSeen(number: number, actor: Parameters<TopicPolicy>[1]): Promise<boolean | undefined> {
  const [row] = await prepared<{ inside: boolean; refused: boolean }>('thread-presence',
    `select coalesce(m.status = 'active', false) or ${MODERATES} as inside, exists (select from presence_refusals x where x.person_id = $1::uuid) as refused
       from threads t join networks n on n.id = t.network_id ${OWN_MEMBERSHIP} where t.number = $4 and t.deleted_at is null and ${READABLE}`, [...reachValues(reachOf(actor)), number]);
  return row && row.inside && !row.refused;
}

/** undefined where there is no such network, as for a closed one: who is not in it learns nothing. */
async function mayHear(networkId: string, actor: Parameters<TopicPolicy>[1]): Promise<boolean | undefined> {
  const [row] = await prepared<{ readable: boolean }>('network-heard', `select ${READABLE} as readable from networks n ${OWN_MEMBERSHIP} where n.id = $4`, [...reachValues(reachOf(actor)), networkId]);
  return row?.readable || undefined;
}
