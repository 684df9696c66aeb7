import type { LevelState, NoticeLevel } from '../../contract/notifications.ts';
import { database } from '../../database/connection.ts';
import type { Tx } from '../../database/transaction.ts';

/** A place that one follows: a network, a tag in it, or a thread. */
export type Place = { network_id: string; tag: string | null } | { thread_id: string };

/** From the most attentive. */
export const LEVELS = ['watching', 'first', 'normal', 'tracking', 'muted'] as const satisfies NoticeLevel[];

export interface LevelRow {
  network_id: string | null;
  tag: string | null;
  thread_id: string | null;
  level: NoticeLevel;
}

/** Where she has chosen a level, of these places. */
export async function levelsOf(personId: string, networkId: string, threadId: string | null = null): Promise<LevelRow[]> {
  return (await database()('notification_levels').where('person_id', personId).where((any) => {
    void any.where('network_id', networkId);
    if (threadId) void any.orWhere('thread_id', threadId);
  }).select('network_id', 'tag', 'thread_id', 'level')) as LevelRow[];
}

/** The most specific choice wins; of several tags the most attentive. */
export function effectiveLevel(rows: LevelRow[], tags: string[]): Pick<LevelState, 'effective' | 'from'> {
  const thread = rows.find(({ thread_id }) => thread_id !== null);
  if (thread) return { effective: thread.level, from: 'thread' };
  const tagged = rows.filter(({ tag }) => tag !== null && tags.includes(tag)).toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))[0];
  if (tagged) return { effective: tagged.level, from: 'tag' };
  const network = rows.find(({ thread_id, tag }) => thread_id === null && tag === null);
  return network ? { effective: network.level, from: 'network' } : { effective: 'normal', from: 'default' };
}

/** Writes a choice, or forgets it. */
export async function writeLevel(tx: Tx, personId: string, place: Place, level: NoticeLevel | null, at: Date): Promise<void> {
  const row = { person_id: personId, network_id: null, tag: null, thread_id: null, ...place };
  if (level === null) await tx('notification_levels').where(row).delete();
  else await tx('notification_levels').insert({ ...row, level, changed_at: at }).onConflict(['person_id', 'network_id', 'tag', 'thread_id']).merge(['level', 'changed_at']);
}
