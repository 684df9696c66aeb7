import { transaction } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';

/** How long what is over is still kept: an ended session can be asked about for a while, an abandoned registration not for ever. */
const DAYS = { session: 90, token: 30, registration: 30, mail: 180 };

const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);

/** Forgets what nobody needs any more: ended sessions, dead links, spent rate limits, registrations that were never confirmed, what old mails said. */
export async function forgetRemains(): Promise<void> {
  await transaction(async (tx) => {
    await tx('sessions').whereRaw('coalesce(revoked_at, expires_at) < ?', [daysAgo(DAYS.session)]).delete();
    await tx('mail_tokens').where('expires_at', '<', daysAgo(DAYS.token)).delete();
    // The row stays: the same cause must not mail again
    await tx('mails').where('created_at', '<', daysAgo(DAYS.mail)).whereNot('body_text', '').update({ body_text: '', body_html: '' });
    await tx('rate_limits').where('expire', '<', clock.now().getTime()).delete();
    await tx('people').whereNull('confirmed_at').where('created_at', '<', daysAgo(DAYS.registration))
      // An administrator made by a command, or somebody whom her body enrolled, is awaited however long it takes
      .whereRaw('not exists (select from roles r where r.person_id = people.id) and not exists (select from enrolments e where e.person_id = people.id)').delete();
  });
}
