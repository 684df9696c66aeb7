import { audit } from '../accounts/audit.ts';
import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, forbidden } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { planWebinar } from './breaks.ts';
import { emptyRoom } from './empty-room.ts';
import { findWebinar } from './find-webinar.ts';
import { isToCome, mayCancel } from './policy.ts';
import { lockWebinar } from './seats.ts';
import type { Webinar } from './webinar.ts';

/** Cancels a webinar, for good, as far as `mayCancel`; its reason stays. Asked twice it changes nothing. @throws AppError 404, 403, 409 `webinar-over` */
export async function cancelWebinar(actor: Actor, number: number, reason: string): Promise<void> {
  await transaction(async (tx) => {
    const found = await findWebinar(actor, number);
    if (!found.standing.manages) throw forbidden();
    const webinar = await lockWebinar(tx, found.webinar.id);
    if (webinar.cancelled_at) return;
    if (!mayCancel(webinar, found.standing, clock.now())) throw conflict('webinar-over');
    await cancel(tx, webinar, actor.id, reason);
    await audit(tx, actor, 'webinar.cancel', 'webinar', webinar.id, { details: { number, title: webinar.title, reason } });
  });
}

/** A cancelled edition's webinars will not be, for its own reason. */
export async function cancelOfEdition({ editionId }: { editionId: string }): Promise<void> {
  const edition = (await database()('editions').where('id', editionId).first('cancelled_at', 'cancelled_by', 'cancel_reason')) as { cancelled_at: Date | null; cancelled_by: string | null; cancel_reason: string | null } | undefined;
  if (!edition?.cancelled_at) return;
  const ids = (await database()('webinars').where('edition_id', editionId).whereNull('cancelled_at').orderBy('id').pluck('id')) as string[];
  for (const id of ids) {
    await transaction(async (tx) => {
      const webinar = await lockWebinar(tx, id);
      if (isToCome(webinar, clock.now())) await cancel(tx, webinar, edition.cancelled_by, edition.cancel_reason ?? '');
    });
  }
}

async function cancel(tx: Tx, webinar: Webinar, by: string | null, reason: string): Promise<void> {
  const columns = { cancelled_at: clock.now(), cancelled_by: by, cancel_reason: reason, calendar_sequence: webinar.calendar_sequence + 1 };
  await tx('webinars').where('id', webinar.id).update(columns);
  await planWebinar(tx, { ...webinar, ...columns });
  emptyRoom(tx, webinar);
  await record(tx, 'webinar.cancelled', { webinarId: webinar.id });
}
