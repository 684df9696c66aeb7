import type { RoomRole } from '../../contract/webinars.ts';
import type { Actor } from '../../http/actor.ts';
import { roomOf } from '../../sockets/publish.ts';
import { findRoom } from '../find-room.ts';
import { talkTopic } from '../talk/topics.ts';
import type { Webinar } from '../webinar.ts';

interface Connection {
  join(room: string): Promise<void> | void;
  leave(room: string): Promise<void> | void;
}

/**
 * Lets a connection into a room, by the same name as what is written there: who is cut off from one is from both.
 * @throws AppError as `findRoom`; the connection is then in no room
 */
export async function admit(socket: Connection, actor: Actor, number: number): Promise<{ webinar: Webinar; role: RoomRole; topic: string }> {
  await findRoom(actor, number);
  const topic = roomOf.topic(talkTopic(number));
  await socket.join(topic);
  // Asked again: who was cut off in between has nothing left to be cut
  const found = await findRoom(actor, number).catch((error: unknown) => {
    void socket.leave(topic);
    throw error;
  });
  return { ...found, topic };
}
