import { transaction } from '../../database/transaction.ts';
import { log } from '../../http/log.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { talkTopic } from '../talk/topics.ts';

/** Somebody began to send or ended: who follows a room without its media connection looks again what there is. */
export function tellStreams(number: number): void {
  transaction((tx) => Promise.resolve(publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'streams' })))
    // The room goes on without its database
    .catch((error: unknown) => log.error({ err: error, number }, 'nobody was told of what is sent in a room'));
}
