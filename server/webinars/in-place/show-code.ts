import { randomBytes } from 'node:crypto';
import { config } from '../../config.ts';
import type { PresenceCode } from '../../contract/presence-code.ts';
import { database } from '../../database/connection.ts';
import { conflict, forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findWebinar } from '../find-webinar.ts';
import { isOpen, mayRun } from '../policy.ts';
import { CODE_MS, codeAt, leftOf } from './code.ts';

const SECRET_BYTES = 32;

/** The key of a webinar's codes, made when it is first asked for. */
export async function secretOf(webinarId: string): Promise<Buffer> {
  const find = async () => ((await database()('presence_codes').where('webinar_id', webinarId).first('secret')) as { secret: Buffer } | undefined)?.secret;
  const known = await find();
  if (known) return known;
  await database()('presence_codes').insert({ webinar_id: webinarId, secret: randomBytes(SECRET_BYTES) }).onConflict('webinar_id').ignore();
  // Somebody else's, where two asked first
  const made = await find();
  if (!made) throw new Error('not inserted');
  return made;
}

const addressOf = (number: number, code: string): string => `${config.publicUrl}/webinar/${number}/presente?codice=${code}`;

/** What is shown on the wall now, for who runs the lesson while it is open. @throws AppError 404, 403; 403 `webinar-doors-closed`; 409 `register-none` */
export async function showCode(actor: Actor, number: number): Promise<PresenceCode> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayRun(standing)) throw forbidden();
  if (webinar.kind !== 'class') throw conflict('register-none');
  const now = clock.now();
  if (!isOpen(webinar, now)) throw forbidden('webinar-doors-closed');
  const code = codeAt(await secretOf(webinar.id), now);
  const { toString } = await import('qrcode');
  return { code, address: addressOf(number, code), picture: await toString(addressOf(number, code), { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }), leftMs: leftOf(now), everyMs: CODE_MS };
}
