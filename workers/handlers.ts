import type { JobName, JobPayload } from '../server/jobs.ts';
import { forgetRemains } from '../server/accounts/forget-remains.ts';
import { issueCertificate } from '../server/certificates/issue-certificate.ts';
import { examineVersion } from '../server/community/documents/examine-version.ts';
import { examinePracticeFile } from '../server/community/practices/practice-files.ts';
import { closeOverdueAttempts } from '../server/learning/close-attempt.ts';
import { clock } from '../server/gateways/clock.ts';
import { forgetOldUploads } from '../server/gateways/uploads.ts';
import { endAwaiting } from '../server/learning/end-enrolments.ts';
import { promoteAllWaiting } from '../server/learning/promote-waiting.ts';
import { deliverMail } from '../server/notifications/deliver-mail.ts';
import { writeDigest } from '../server/notifications/digest/write-digest.ts';
import { writeDigests } from '../server/notifications/digest/write-digests.ts';
import { tellNamed } from '../server/notifications/tell-channel.ts';
import { tellMessage } from '../server/notifications/tell-message.ts';
import { tellPost } from '../server/notifications/tell-post.ts';
import { tellReminder } from '../server/notifications/tell-webinar.ts';
import { closeAbandoned } from '../server/webinars/record-presence.ts';
import { deleteRecordings, forgetRecording } from '../server/webinars/recording/delete-recording.ts';
import { forgetSlides } from '../server/webinars/slides/forget-slides.ts';
import { endRecordings } from '../server/webinars/recording/end-recordings.ts';
import { remindWebinars } from '../server/webinars/remind-webinars.ts';
import { forgetPerson } from '../server/privacy/closure/forget-person.ts';
import { deleteExports } from '../server/privacy/export/delete-exports.ts';
import { writeExport } from '../server/privacy/export/write-export.ts';
import { react } from './reactions.ts';

/** Every job of the catalogue and what does it: a job without a handler does not compile. Each can be run twice without harm. */
export const HANDLERS = {
  react: ({ event, payload }) => react(event, payload),
  'issue-certificate': ({ enrolmentId, issuedAt }) => issueCertificate(enrolmentId, issuedAt ? new Date(issuedAt) : undefined),
  'close-overdue-attempts': () => closeOverdueAttempts(),
  'promote-waiting': () => promoteAllWaiting(),
  'end-awaiting': () => endAwaiting(),
  'forget-remains': async () => {
    await forgetRemains();
    await forgetOldUploads(clock.now());
  },
  'examine-document': ({ versionId }) => examineVersion(versionId),
  'tell-post': tellPost,
  'tell-message': tellMessage,
  'tell-named': tellNamed,
  'write-digests': () => writeDigests(),
  'write-digest': ({ personId, day }) => writeDigest(personId, day),
  'remind-webinars': () => remindWebinars(),
  'remind-webinar': tellReminder,
  'close-abandoned': () => closeAbandoned(),
  // What it needs takes a tenth of a second to be read, which no start should wait for
  'mux-recording': async ({ webinarId }) => (await import('../server/webinars/recording/mux-recording.ts')).muxRecording(webinarId),
  'forget-recording': ({ webinarId }) => forgetRecording(webinarId),
  // What draws weighs much, and few workers need it
  'draw-slides': async ({ deckId, scan }) => (await import('../server/webinars/slides/draw-slides.ts')).drawSlides(deckId, scan),
  'forget-slides': ({ digests }) => forgetSlides(digests),
  'end-recordings': () => endRecordings(),
  'delete-recordings': () => deleteRecordings(),
  'write-export': writeExport,
  'forget-person': forgetPerson,
  'delete-exports': () => deleteExports(),
  'examine-practice-file': examinePracticeFile,
  'deliver-mail': ({ mailId }) => deliverMail(mailId),
} satisfies { [N in JobName]: (payload: JobPayload<N>) => Promise<void> };
