import type { Tx } from '../database/transaction.ts';
import { publish, roomOf } from '../sockets/publish.ts';

export const registerTopic = (webinarId: string): string => `register:${webinarId}`;

/** Tells who follows a webinar's register that it says something else. */
export function announceRegister(tx: Tx, webinarId: string): void {
  publish(tx, roomOf.topic(registerTopic(webinarId)), 'register:changed', { webinarId });
}
