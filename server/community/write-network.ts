import { audit } from '../accounts/audit.ts';
import type { NetworkChange, NetworkInput } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, violates } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { cutOffEverybody } from '../sockets/publish.ts';
import { loadModerated } from './load-network.ts';

const columnsOf = ({ area, holdFirst, ...input }: NetworkChange) => ({ ...input, ...(holdFirst === undefined ? {} : { hold_first: holdFirst }), ...(area === undefined ? {} : { area_code: area }) });

/** UPI opens a network. @throws AppError 409 `network-key-taken` */
export async function createNetwork(actor: Actor, { key, ...input }: NetworkInput): Promise<void> {
  await transaction(async (tx) => {
    const [row] = (await tx('networks').insert({ key, ...columnsOf(input), created_by: actor.id }).returning('id')) as { id: string }[];
    await audit(tx, actor, 'network.create', 'network', row?.id ?? '', { details: { key, name: input.name } });
  }).catch((error: unknown) => {
    throw violates(error, 'networks_key_key') ? conflict('network-key-taken') : error;
  });
}

/** Who moderates a network changes what it says and who may read and join. @throws AppError 404, 403 */
export async function changeNetwork(actor: Actor, key: string, change: NetworkChange): Promise<void> {
  const { network } = await loadModerated(actor, key);
  const columns = columnsOf(change);
  if (Object.keys(columns).length === 0) return;
  await transaction(async (tx) => {
    await tx('networks').where('id', network.id).update(columns);
    await audit(tx, actor, 'network.change', 'network', network.id, { details: change });
    // Anybody may be listening to any of its threads
    if (change.reading === 'members' && network.reading === 'public') cutOffEverybody(tx);
  });
}
