import type { ReportInput } from '../../contract/direct.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden, notFound, violates } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { announceCase } from '../moderation/open-case.ts';

/**
 * Who got a message tells the moderators of the platform about it: with that, it and three before it become theirs to read, and nothing else.
 * @throws AppError 404 where she is not in the conversation; 403 `report-own`; 409 `report-given`
 */
export async function reportMessage(actor: Actor, messageId: string, { reason, note }: ReportInput): Promise<void> {
  await transaction(async (tx) => {
    const message = (await tx('direct_messages as x').join('conversation_people as m', 'm.conversation_id', 'x.conversation_id').where({ 'x.id': messageId, 'm.person_id': actor.id }).first('x.id', 'x.author_id')) as { id: string; author_id: string } | undefined;
    if (!message) throw notFound();
    if (message.author_id === actor.id) throw forbidden('report-own');
    const [found] = (await tx('moderation_cases').insert({ kind: 'message', message_id: messageId, opened_at: clock.now() }).returning('id')) as { id: string }[];
    if (!found) throw new Error('not inserted');
    await tx('message_reports').insert({ case_id: found.id, message_id: messageId, person_id: actor.id, reason, note: note || null, at: clock.now() });
    await announceCase(tx, found.id, null);
  }).catch((error: unknown) => {
    throw ['message_reports_message_id_person_id_key', 'moderation_cases_open_message'].some((constraint) => violates(error, constraint)) ? conflict('report-given') : error;
  });
}
