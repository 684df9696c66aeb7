import { requireAnotherAdministrator } from '../../accounts/administrators.ts';
import { audit } from '../../accounts/audit.ts';
import { passwordMatches } from '../../accounts/password.ts';
import { Person } from '../../accounts/person.ts';
import { revokeSessions } from '../../accounts/revoke-sessions.ts';
import { config } from '../../config.ts';
import { FORMER } from '../../contract/former.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, invalidField, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { enqueue } from '../../jobs.ts';
import { namesOf } from './names-of.ts';

/**
 * Somebody closes her own account (Art. 17 GDPR, erasure). From this moment she is signed in nowhere and called "Utente cessato" wherever a name is looked up, and her
 * address is free; a worker takes her name out of where it was written down.
 * @throws AppError 409 `role-last-administrator`; 422 for a wrong password
 */
export async function closeOwnAccount(actor: Actor, password: string): Promise<void> {
  const person = await Person.query().findById(actor.id);
  if (!person || !(await passwordMatches(person.password_hash, password))) throw invalidField('body.password', 'password-wrong', 'wrong');
  await transaction((tx) => close(tx, actor.id, null));
}

/** UPI closes somebody's account, with a reason that stays in the record. @throws AppError 404; 409 `closure-own`, `closure-same`, `role-last-administrator` */
export async function closeAccountOf(actor: Actor, id: string, reason: string): Promise<void> {
  if (id === actor.id) throw conflict('closure-own');
  await transaction(async (tx) => {
    const bodyId = await close(tx, id, { by: actor.id, reason });
    await audit(tx, actor, 'person.close', 'person', id, { bodyId, details: { reason } });
  });
}

async function close(tx: Tx, id: string, order: { by: string; reason: string } | null): Promise<string | null> {
  await requireAnotherAdministrator(tx, id);
  const person = await Person.query(tx).findById(id).forUpdate();
  if (!person) throw notFound();
  if (person.closed_at) throw conflict('closure-same');
  const now = clock.now();
  const traces = { names: await namesOf(tx, person), email: person.email };
  const proved = (await tx.raw<{ rows: { kept: boolean }[] }>("select exists (select from hours_entries where person_id = :id) or exists (select from certificates where person_id = :id) or exists (select from presence_log l join webinars w on w.id = l.webinar_id where l.person_id = :id and w.kind = 'class') as kept", { id })).rows[0]?.kept === true;
  await tx('account_closures').insert({ person_id: id, closed_at: now, closed_by: order?.by ?? null, reason: order?.reason ?? null, traces: JSON.stringify(traces), ...(proved ? { given_name: person.given_name, family_name: person.family_name } : {}) });
  // Whoever is suspended cannot sign in, is not told of anything, and is offered nowhere: all that holds for who left, too
  await tx('people').where({ id }).update({ given_name: FORMER.givenName, family_name: FORMER.familyName, email: `cessato.${id}@pico.invalid`, password_hash: null, job_title: null, body_id: null, suspended_at: person.suspended_at ?? now, closed_at: now });
  await revokeSessions(tx, id, 'all');
  await tx('mail_tokens').where('person_id', id).delete();
  await tx('roles').where('person_id', id).whereNull('revoked_at').update({ revoked_at: now });
  await tx('affiliations').where({ person_id: id, status: 'pending' }).update({ status: 'cancelled', decided_at: now });
  await tx('network_members').where('person_id', id).whereIn('status', ['active', 'requested']).update({ status: 'left', decided_by: null, decided_at: now });
  // Once at once, and once more when what was being written at this moment has been written
  await enqueue(tx, 'forget-person', { personId: id, last: false });
  await enqueue(tx, 'forget-person', { personId: id, last: true }, { delayMs: config.noticeHoldMs });
  return person.body_id;
}
