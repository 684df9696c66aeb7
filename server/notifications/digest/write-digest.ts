import { config } from '../../config.ts';
import { transaction } from '../../database/transaction.ts';
import type { Told } from '../notify.ts';
import { mailIsNew, sendMail } from '../send-mail.ts';
import { settingsOf } from '../settings/settings.ts';
import { unsubscribeLinks } from '../unsubscribe/unsubscribe-token.ts';
import { whyOf } from '../why.ts';
import { openQuestions } from './open-questions.ts';
import type { DigestSection } from './section.ts';
import { waitingMentions } from './waiting-mentions.ts';
import { waitingMessages } from './waiting-messages.ts';
import { waitingNotices } from './waiting-notices.ts';
import { isWeekly } from './write-digests.ts';

/** What a digest tells, in its order. Updated documents and best practices come here. */
const SECTIONS: DigestSection[] = [waitingMessages, waitingMentions, waitingNotices, openQuestions];

const CHANGE = { it: 'Scegli che cosa ricevere e quando', en: 'Choose what to receive and when' };

/** Writes a person's digest of a day, once; none where there is nothing to do. */
export async function writeDigest(personId: string, day: string): Promise<void> {
  const key = `digest:${day}:${personId}`;
  await transaction(async (tx) => {
    const person = (await tx('people').where('id', personId).whereNull('suspended_at').forNoKeyUpdate().first('id', 'email', 'language', 'given_name')) as (Told & { given_name: string }) | undefined;
    if (!person || !(await mailIsNew(tx, key))) return;
    const settings = await settingsOf(tx, personId);
    if (!settings.mails) return;
    const due: ('daily' | 'weekly')[] = isWeekly(day) ? ['daily', 'weekly'] : ['daily'];
    const sections = [];
    for (const section of SECTIONS) {
      const told = await section(tx, { id: person.id, language: person.language, settings, due });
      if (told) sections.push(told);
    }
    if (sections.length === 0) return;
    const daily = Object.values(settings.ways).includes('daily');
    const { links, headers } = await unsubscribeLinks(person, [{ kind: 'all' }]);
    await sendMail(tx, {
      key, person, kind: daily ? 'digest-daily' : 'digest-weekly', params: { givenName: person.given_name }, url: `${config.publicUrl}/reti`,
      parts: { sections, why: whyOf({ why: 'suggested' }, person.language)?.text ?? '', links: [{ label: CHANGE[person.language], url: `${config.publicUrl}/profilo/notifiche` }, ...links] },
      envelope: { headers, networkIds: [...new Set(sections.flatMap(({ networkIds }) => networkIds))] },
    });
  });
}
