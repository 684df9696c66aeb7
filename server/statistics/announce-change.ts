import { outsideTransaction, transaction } from '../database/transaction.ts';
import { log } from '../http/log.ts';
import { publish, roomOf } from '../sockets/publish.ts';

export const STATISTICS_TOPIC = 'statistics';

/** A burst of completions is one hint a second in each process, however many they are. */
const GATHER_MS = 1000;

const pending = new Set<string>();
let timer: NodeJS.Timeout | undefined;

/**
 * Tells whoever looks at the figures to ask for them again, within a second. The hint names areas and never a Province: anybody may
 * listen, and by counting hints could otherwise count people whom the published figures hide.
 */
export function announceChange(areas: string[]): void {
  for (const area of areas) pending.add(area);
  if (pending.size === 0 || timer) return;
  // Outside, or the timer would carry a transaction that ended long ago
  timer = outsideTransaction(() => setTimeout(() => void tell(), GATHER_MS));
  timer.unref();
}

/** Tells at once what waits to be told: before the process stops. */
export async function announceNow(): Promise<void> {
  if (!timer) return;
  clearTimeout(timer);
  await tell();
}

async function tell(): Promise<void> {
  const areas = [...pending].sort();
  pending.clear();
  timer = undefined;
  try {
    await transaction(async (tx) => publish(tx, roomOf.topic(STATISTICS_TOPIC), 'statistics:changed', { areas }));
  } catch (error) {
    // Only a hint: whoever reconnects asks again
    log.debug({ err: error }, 'statistics hint not sent');
  }
}
