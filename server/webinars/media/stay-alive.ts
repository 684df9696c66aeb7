import { log } from '../../http/log.ts';
import { giveSignOfLife } from '../record-presence.ts';

/** How long a process may have been dead before its rooms' registers know. */
const ALIVE_MS = 1000;

let reasons = 0;
let timer: NodeJS.Timeout | undefined;

/** While somebody's presence is this process's to end, the register hears that it lives. @returns to be called once when there is one reason less. */
export function stayAlive(): () => void {
  reasons += 1;
  if (!timer) {
    const live = (): void => void giveSignOfLife().catch((error: unknown) => log.error({ err: error }, 'no sign of life could be given'));
    live();
    timer = setInterval(live, ALIVE_MS).unref();
  }
  let given = true;
  return () => {
    if (!given) return;
    given = false;
    reasons -= 1;
    if (reasons > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
