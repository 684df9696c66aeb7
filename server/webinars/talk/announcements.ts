import type { AnnouncementInput, RoomAnnouncements } from '../../contract/room-talk.ts';
import { prepared } from '../../database/prepared.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { findOpenTalk, findTalk, findTalkToKeep } from './find-talk.ts';
import { keepsOrder } from './policy.ts';
import { talkTopic } from './topics.ts';

/** More stand above the room than anybody reads. */
const MOST_STANDING = 5;

const LIST = `select a.id, a.text, a.at, p.given_name || ' ' || p.family_name as name from room_announcements a join people p on p.id = a.author_id
  where a.webinar_id = $1 and a.withdrawn_at is null order by a.at desc, a.id desc limit ${MOST_STANDING}`;

/** What everybody should know now, the newest first. @throws AppError 404; 403 as for what is written in the room */
export async function listAnnouncements(actor: Actor, number: number): Promise<RoomAnnouncements> {
  const { webinar, role, open } = await findTalk(actor, number);
  const rows = await prepared<{ id: string; text: string; at: Date; name: string }>('room-announcements', LIST, [webinar.id]);
  return { items: rows.map(({ id, text, at, name }) => ({ id, text, at: at.toISOString(), author: name })), abilities: { announce: keepsOrder(role) && open } };
}

/** Tells everybody in the room, and who comes later; sent twice it is one. @throws AppError 404, 403; 409 `announcements-enough` */
export async function announce(actor: Actor, number: number, { clientId, text }: AnnouncementInput): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await findOpenTalk(actor, number);
  await transaction(async (tx) => {
    await tx('webinars').where('id', webinar.id).forNoKeyUpdate().first('id');
    if (await tx('room_announcements').where({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId }).first('id')) return;
    const standing = (await tx('room_announcements').where('webinar_id', webinar.id).whereNull('withdrawn_at').pluck('id')) as string[];
    if (standing.length >= MOST_STANDING) throw conflict('announcements-enough');
    await tx('room_announcements').insert({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId, text, at: clock.now() });
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'announcements' });
  });
}

/** It stands above the room no longer. Done twice it is done once. @throws AppError 404, 403 */
export async function withdrawAnnouncement(actor: Actor, number: number, id: string): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await transaction(async (tx) => {
    const row = (await tx('room_announcements').where({ id, webinar_id: webinar.id }).forUpdate().first('withdrawn_at')) as { withdrawn_at: Date | null } | undefined;
    if (!row) throw notFound();
    if (row.withdrawn_at) return;
    await tx('room_announcements').where({ id }).update({ withdrawn_at: clock.now(), withdrawn_by: actor.id });
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'announcements' });
  });
}
