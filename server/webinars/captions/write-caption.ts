import type { CaptionInput, LiveCaption } from '../../contract/live-captions.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { findOpenTalk, findTalkToKeep } from '../talk/find-talk.ts';
import { lockTalk } from '../talk/say.ts';
import { talkTopic } from '../talk/topics.ts';
import { type CaptionRow, presentCaption } from './caption.ts';

/**
 * A line of what is being said, from who writes along; sent twice it is one. The room hears it whole, with its number.
 * @throws AppError 404; 403 for who does not run the room, and as for the room's door
 */
export async function writeCaption(actor: Actor, number: number, { clientId, text, typing }: CaptionInput): Promise<LiveCaption> {
  const { webinar } = await findTalkToKeep(actor, number);
  await findOpenTalk(actor, number);
  return transaction(async (tx) => {
    // Two who write along in turn: one line after the other
    const { last_caption } = await lockTalk(tx, webinar.id);
    const before = (await tx('room_captions').where({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId }).first()) as CaptionRow | undefined;
    if (before) return presentCaption(before);
    const at = clock.now();
    const row: CaptionRow = { sequence: last_caption + 1, text, at, began_at: new Date(at.getTime() - typing) };
    await tx('room_talks').where('webinar_id', webinar.id).update({ last_caption: row.sequence });
    await tx('room_captions').insert({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId, ...row });
    const caption = presentCaption(row);
    publish(tx, roomOf.topic(talkTopic(number)), 'room:captioned', { number, caption });
    return caption;
  });
}
