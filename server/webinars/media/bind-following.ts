import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { log } from '../../http/log.ts';
import type { AppSocket } from '../../sockets/server.ts';
import { admit } from './admit.ts';
import { attend } from './attend.ts';
import { follow } from './followers.ts';
import { stayAlive } from './stay-alive.ts';

/** Rooms that one page follows; nobody is in more. */
const MOST = 4;

/**
 * Who follows a room by what is written and shown alone, because her office lets no WebSocket through or her browser is old, is there all the same: from `attend`
 * until the connection ends, which may be one of requests that wait. Other devices' presence is joined with it, as always.
 */
export function bindFollowing(socket: AppSocket, actor: Actor): void {
  const following = new Map<number, () => void>();
  const entering = new Set<number>();

  async function enter(number: number): Promise<void> {
    const { webinar, role } = await admit(socket, actor, number);
    if (!socket.connected) return;
    const [presence, rest, unfollow] = [attend({ webinarId: webinar.id, personId: actor.id, connection: randomUUID(), role }), stayAlive(), follow(webinar.id, actor.id)];
    following.set(number, () => {
      following.delete(number);
      unfollow();
      presence.leave();
      rest();
    });
  }

  socket.on('attend', (number: unknown, done: unknown) => {
    if (typeof done !== 'function') return;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > 2_000_000_000) return void done({ ok: false, code: 'malformed' });
    // Said twice it is one entry
    if (following.has(number)) return void done({ ok: true });
    if (entering.has(number) || following.size + entering.size >= MOST) return void done({ ok: false, code: 'too-much' });
    entering.add(number);
    enter(number).then(
      () => done({ ok: true }),
      (error: unknown) => {
        if (!(error instanceof AppError)) log.error({ err: error, number }, 'a room could not be followed');
        done({ ok: false, code: error instanceof AppError ? error.code : 'internal' });
      },
    ).finally(() => entering.delete(number));
  });
  socket.on('unattend', (number: unknown) => void (typeof number === 'number' && following.get(number)?.()));
  socket.on('disconnect', () => {
    for (const leave of following.values()) leave();
  });
}
