import { audit } from '../accounts/audit.ts';
import type { BreakInput } from '../contract/webinars.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { announceRegister } from './announce-register.ts';
import { officialSpan } from './attendance.ts';
import { type BreakRow, planWebinar } from './breaks.ts';
import { romeFields, romeMoment } from './rome-time.ts';
import { mistake } from './schedule-facts.ts';
import { lockSigned } from './sign-register.ts';
import type { Webinar } from './webinar.ts';

/**
 * Says when a break really was, where somebody forgot to begin or to end it; for who signs the register, until she has locked it.
 * @param order hours of Rome, on the webinar's day. @throws AppError 404, 403; 409 `webinar-cancelled`, `register-locked`; 422 with every mistake
 */
export async function correctBreak(actor: Actor, number: number, id: string, { from, until }: BreakInput): Promise<void> {
  await change(actor, number, id, async (tx, webinar) => {
    const { day } = romeFields(webinar.starts_at);
    const [starts_at, ends_at] = [romeMoment(day, from), romeMoment(day, until)];
    if (!starts_at || !ends_at) throw invalid([...(starts_at ? [] : [mistake('from', 'hour-skipped')]), ...(ends_at ? [] : [mistake('until', 'hour-skipped')])]);
    const official = officialSpan(webinar);
    const last = Math.min(official.to, clock.now().getTime());
    const wrong = [
      ...(starts_at.getTime() < official.from || starts_at.getTime() > last ? [mistake('from', 'break-outside')] : []),
      ...(ends_at <= starts_at ? [mistake('until', 'break-ends-before-start')] : ends_at.getTime() > last ? [mistake('until', 'break-outside')] : []),
    ];
    if (wrong.length > 0) throw invalid(wrong);
    await tx('webinar_breaks').where({ id }).update({ starts_at, ends_at });
    return { starts_at, ends_at };
  });
}

/** There was no such break. Said twice, it is gone once: 404 the second time. @throws AppError as `correctBreak` */
export async function removeBreak(actor: Actor, number: number, id: string): Promise<void> {
  await change(actor, number, id, async (tx) => {
    await tx('webinar_breaks').where({ id }).delete();
    return null;
  });
}

async function change(actor: Actor, number: number, id: string, work: (tx: Tx, webinar: Webinar) => Promise<BreakRow | null>): Promise<void> {
  await transaction(async (tx) => {
    const webinar = await lockSigned(tx, actor, number);
    if (webinar.cancelled_at) throw conflict('webinar-cancelled');
    if (webinar.register_locked_at) throw conflict('register-locked');
    const before = (await tx('webinar_breaks').where({ id, webinar_id: webinar.id }).forUpdate().first('starts_at', 'ends_at')) as BreakRow | undefined;
    if (!before) throw notFound();
    const after = await work(tx, webinar);
    await planWebinar(tx, webinar);
    await audit(tx, actor, 'webinar.break', 'webinar', webinar.id, { details: { number, before, after } });
    announceRegister(tx, webinar.id);
  });
}
