import type { Tx } from '../database/transaction.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';
import { talkTopic } from './talk/topics.ts';
import type { Webinar } from './webinar.ts';

/** Whoever is in a room is sent out of it with the commit, from what is seen and from what is written; the door tells those who come back why. */
export function emptyRoom(tx: Tx, { number }: Pick<Webinar, 'number'>): void {
  cutOff(tx, roomOf.topic(talkTopic(number)));
}
