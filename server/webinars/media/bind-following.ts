import { randomUUID } from 'node:crypto';
import type { Ack } from '../../contract/sockets.ts';
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
  const entering = new Map<number, Promise<Ack>>();
  /** Who leaves while her entry is being looked at does not come in. */
  const wanted = new Set<number>();

  async function enter(number: number): Promise<void> {
    const { webinar, role } = await admit(socket, actor, number);
    if (!socket.connected || !wanted.has(number)) throw new AppError(409, 'gone');
    const [presence, rest, unfollow] = [attend({ webinarId: webinar.id, personId: actor.id, connection: randomUUID(), role }), stayAlive(), follow(webinar.id, actor.sessionId)];
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
    if (following.has(number)) return void done({ ok: true });
    if (!entering.has(number) && following.size + entering.size >= MOST) return void done({ ok: false, code: 'too-much' });
    wanted.add(number);
    // Said twice it is one entry
    const entry = entering.get(number) ?? enter(number).then(
      (): Ack => ({ ok: true }),
      (error: unknown): Ack => {
        if (!(error instanceof AppError)) log.error({ err: error, number }, 'a room could not be followed');
        wanted.delete(number);
        return { ok: false, code: error instanceof AppError ? error.code : 'internal' };
      },
    ).finally(() => entering.delete(number));
    entering.set(number, entry);
    void entry.then((answer) => void done(answer));
  });
  socket.on('unattend', (number: unknown) => {
    if (typeof number !== 'number') return;
    wanted.delete(number);
    following.get(number)?.();
  });
  socket.on('disconnect', () => {
    for (const leave of following.values()) leave();
  });
}
