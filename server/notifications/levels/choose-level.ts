import { findThread, type ThreadHead } from '../../community/find-thread.ts';
import { loadReadable } from '../../community/load-network.ts';
import type { Network } from '../../community/network.ts';
import type { Standing } from '../../community/policy.ts';
import type { LevelState, NoticeLevel } from '../../contract/notifications.ts';
import { transaction } from '../../database/transaction.ts';
import { forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { effectiveLevel, levelsOf, writeLevel } from './levels.ts';

/** Notices are for who is in a network: the others read it where they please. */
function mustBelong({ membership, moderates }: Standing): void {
  if (membership !== 'active' && !moderates) throw forbidden('network-not-member');
}

/** How she follows a network, or a tag in it. @throws AppError 404; 403 `network-not-member` */
export async function readNetworkLevel(actor: Actor, key: string, tag: string | undefined): Promise<LevelState> {
  const { network, standing } = await loadReadable(actor, key);
  mustBelong(standing);
  return networkState(actor, network, tag);
}

/** She chooses it; null forgets the choice. @throws as `readNetworkLevel` */
export async function chooseNetworkLevel(actor: Actor, key: string, tag: string | undefined, level: NoticeLevel | null): Promise<LevelState> {
  const { network, standing } = await loadReadable(actor, key);
  mustBelong(standing);
  await write(actor, { network_id: network.id, tag: tag ?? null }, level, key);
  return networkState(actor, network, tag);
}

/** How she follows a thread. @throws AppError 404; 403 `network-not-member` */
export async function readThreadLevel(actor: Actor, number: number): Promise<LevelState> {
  const thread = await findThread(actor, number);
  mustBelong(thread);
  return threadState(actor, thread);
}

/** She chooses it; null forgets the choice. @throws as `readThreadLevel` */
export async function chooseThreadLevel(actor: Actor, number: number, level: NoticeLevel | null): Promise<LevelState> {
  const thread = await findThread(actor, number);
  mustBelong(thread);
  await write(actor, { thread_id: thread.id }, level, thread.network_key);
  return threadState(actor, thread);
}

/** Her lists count anew, in every window. */
const write = (actor: Actor, place: Parameters<typeof writeLevel>[2], level: NoticeLevel | null, network: string) => transaction(async (tx) => {
  await writeLevel(tx, actor.id, place, level, clock.now());
  publish(tx, roomOf.person(actor.id), 'reading:changed', { network });
});

async function networkState(actor: Actor, { id }: Pick<Network, 'id'>, tag: string | undefined): Promise<LevelState> {
  const rows = await levelsOf(actor.id, id);
  return { own: rows.find((row) => row.tag === (tag ?? null))?.level ?? null, ...effectiveLevel(rows, tag === undefined ? [] : [tag]) };
}

async function threadState(actor: Actor, { id, network_id, tags }: ThreadHead): Promise<LevelState> {
  const rows = await levelsOf(actor.id, network_id, id);
  return { own: rows.find(({ thread_id }) => thread_id !== null)?.level ?? null, ...effectiveLevel(rows, tags) };
}
