import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { aCoordinator, anAdministrator, aPerson, aTrainer } from './accounts/factory.ts';
import { ROUTES } from './app.ts';
import { aCertificate } from './certificates/factory.ts';
import { aDocument, anUpload } from './community/documents/factory.ts';
import { aDraft } from './community/practices/factory.ts';
import { aMember, aNetwork, aThread } from './community/factory.ts';
import { anEdition } from './courses/factory.ts';
import { database } from './database/connection.ts';
import { files } from './gateways/files.ts';
import type { Method } from './http/route.ts';
import { anEnrolment } from './learning/factory.ts';
import { aProvince } from './territory/factory.ts';
import { startTestApp, type TestApp } from './testing/app.ts';
import { aWebinar } from './webinars/factory.ts';

type Role = 'anonymous' | 'newcomer' | 'member' | 'trainer' | 'coordinator' | 'admin';
const ROLES: Role[] = ['anonymous', 'newcomer', 'member', 'trainer', 'coordinator', 'admin'];

type Access = 'anyone' | 'signed-in' | 'recognised' | 'coordinators' | 'trainers' | 'administrators';
const MAY: Record<Access, Role[]> = {
  'anyone': ROLES,
  'signed-in': ['newcomer', 'member', 'trainer', 'coordinator', 'admin'],
  'recognised': ['member', 'trainer', 'coordinator', 'admin'],
  'coordinators': ['coordinator', 'admin'],
  'trainers': ['trainer', 'admin'],
  'administrators': ['admin'],
};

/** Rows that belong to somebody, by the parameter that names them. */
interface World {
  enrolment: string;
  attempt: string;
  question: string;
  certificate: string;
  notice: string;
  session: string;
  affiliation: string;
  person: string;
  draftEdition: string;
  /** Of a closed network. */
  membership: string;
  post: string;
  flagged: string;
  measure: string;
  document: number;
  image: string;
  webinar: number;
  recordingFile: string;
  slides: string;
  announcement: string;
  roomQuestion: string;
  roomPoll: string;
  draft: string;
  dataExport: string;
  /** Its sheet's number, and below that its own id. */
  practiceFile: string;
  conversation: string;
  channel: string;
  message: string;
}

/** Sets no password, sends no mail: an id that nobody has. */
const NOBODY = '0190c7d0-0000-7000-8000-000000000000';

/**
 * Who may call each route, written once more and by hand: a route that is not here, or that declares something else, fails. `own` says
 * how to reach a row that is another person's: for a stranger of the same standing it is not found.
 */
interface Expectation {
  access: Access;
  own?: { path: (world: World) => string; body?: object; stranger: 'member' | 'coordinator' | 'trainer' };
}

const open: Expectation = { access: 'anyone' };
const signedIn: Expectation = { access: 'signed-in' };
const recognised: Expectation = { access: 'recognised' };
const admins: Expectation = { access: 'administrators' };
const personal = (path: (world: World) => string, body?: object): Expectation => ({ access: 'signed-in', own: { path, stranger: 'member', ...(body ? { body } : {}) } });
const coordinated = (path: (world: World) => string, body?: object): Expectation => ({ access: 'coordinators', own: { path, stranger: 'coordinator', ...(body ? { body } : {}) } });
const taught = (path: (world: World) => string, body?: object): Expectation => ({ access: 'trainers', own: { path, stranger: 'trainer', ...(body ? { body } : {}) } });

/** Sets no password, sends no mail: an id that nobody has. */

const TABLE: Record<string, Expectation> = {
  'get /networks': open,
  'post /networks': admins,
  'get /networks/:key': open,
  'patch /networks/:key': signedIn,
  'put /networks/:key/membership': signedIn,
  'delete /networks/:key/membership': signedIn,
  'get /networks/:key/members': signedIn,
  'post /networks/:key/members': signedIn,
  'get /networks/:key/candidates': signedIn,
  'put /networks/:key/reading': signedIn,
  'put /memberships/:id/decision': personal(({ membership }) => `memberships/${membership}/decision`, { decision: 'approved' }),
  'put /memberships/:id/removal': personal(({ membership }) => `memberships/${membership}/removal`, { reason: 'Non deve poterlo fare' }),
  'get /networks/:key/feed': open,
  'get /networks/:key/threads': open,
  'post /networks/:key/threads': signedIn,
  'get /threads/:number': open,
  'patch /threads/:number': signedIn,
  'get /threads/:number/posts': open,
  'post /threads/:number/posts': signedIn,
  'put /threads/:number/reading': signedIn,
  'put /threads/:number/acceptance': signedIn,
  'delete /threads/:number/acceptance': signedIn,
  'put /threads/:number/interest': signedIn,
  'delete /threads/:number/interest': signedIn,
  'put /threads/:number/closure': signedIn,
  'delete /threads/:number/closure': signedIn,
  'put /threads/:number/pin': signedIn,
  'delete /threads/:number/pin': signedIn,
  'put /threads/:number/removal': signedIn,
  'get /threads/:number/draft': signedIn,
  'put /threads/:number/draft': signedIn,
  'get /networks/:key/draft': signedIn,
  'put /networks/:key/draft': signedIn,
  'get /drafts': signedIn,
  'delete /drafts/:id': personal(({ draft }) => `drafts/${draft}`),
  'delete /drafts/:id/others/:other': personal(({ draft }) => `drafts/${draft}/others/${draft}`),
  'put /threads/:number/network': signedIn,
  'post /threads/:number/splits': signedIn,
  'put /threads/:number/merger': signedIn,
  'get /threads/:number/successor': open,
  'get /presence-settings': signedIn,
  'put /presence-settings': signedIn,
  'get /practices': open,
  'get /practices/overview': open,
  'post /networks/:key/practices': signedIn,
  'get /practices/:number': open,
  'put /practices/:number/work': signedIn,
  'delete /practices/:number/work': signedIn,
  'put /practices/:number/submission': signedIn,
  'delete /practices/:number/submission': signedIn,
  'post /practices/:number/comments': signedIn,
  'put /practices/:number/adoption': signedIn,
  'delete /practices/:number/adoption': signedIn,
  'put /practices/:number/return': signedIn,
  'put /practices/:number/publication': signedIn,
  'put /practices/:number/succession': signedIn,
  'delete /practices/:number/succession': signedIn,
  'put /practices/:number/removal': signedIn,
  'post /practices/:number/files': signedIn,
  'delete /practices/:number/files/:id': { access: 'signed-in', own: { path: ({ practiceFile }) => `practices/${practiceFile}?revision=1`, stranger: 'member' } },
  'get /practices/:number/files/:id/content': { access: 'anyone', own: { path: ({ practiceFile }) => `practices/${practiceFile}/content`, stranger: 'member' } },
  'put /practices/:number/authorship': signedIn,
  'get /search': open,
  'get /networks/:key/documents': open,
  'post /networks/:key/documents': signedIn,
  'post /networks/:key/images': signedIn,
  'get /documents/:number': { access: 'anyone', own: { path: ({ document }) => `documents/${document}`, stranger: 'member' } },
  'patch /documents/:number': personal(({ document }) => `documents/${document}`, { title: 'Mio' }),
  'put /documents/:number/removal': personal(({ document }) => `documents/${document}/removal`, { reason: 'Non è mio' }),
  'post /documents/:number/versions': personal(({ document }) => `documents/${document}/versions`, { uploadId: '0'.repeat(32), note: 'Mia' }),
  'get /documents/:number/content': { access: 'anyone', own: { path: ({ document }) => `documents/${document}/content`, stranger: 'member' } },
  'get /documents/:number/versions/:version/content': { access: 'anyone', own: { path: ({ document }) => `documents/${document}/versions/1/content`, stranger: 'member' } },
  'get /images/:id': { access: 'anyone', own: { path: ({ image }) => `images/${image}`, stranger: 'member' } },
  'get /search/documents': open,
  'get /webinars': open,
  'post /webinars': signedIn,
  'get /webinar-places': signedIn,
  'get /webinar-candidates': signedIn,
  'get /webinars/:number': { access: 'anyone', own: { path: ({ webinar }) => `webinars/${webinar}`, stranger: 'member' } },
  'patch /webinars/:number': personal(({ webinar }) => `webinars/${webinar}`, { title: 'Non è mio' }),
  'put /webinars/:number/cancellation': personal(({ webinar }) => `webinars/${webinar}/cancellation`, { reason: 'Non è mio' }),
  'put /webinars/:number/seat': personal(({ webinar }) => `webinars/${webinar}/seat`, {}),
  'delete /webinars/:number/seat': personal(({ webinar }) => `webinars/${webinar}/seat`),
  'get /webinars/:number/seats': personal(({ webinar }) => `webinars/${webinar}/seats`),
  'put /webinars/:number/opening': personal(({ webinar }) => `webinars/${webinar}/opening`),
  'put /webinars/:number/closing': personal(({ webinar }) => `webinars/${webinar}/closing`),
  'put /webinars/:number/break': personal(({ webinar }) => `webinars/${webinar}/break`),
  'delete /webinars/:number/break': personal(({ webinar }) => `webinars/${webinar}/break`),
  'put /webinars/:number/breaks/:id': personal(({ webinar }) => `webinars/${webinar}/breaks/${NOBODY}`, { from: '10:00', until: '10:15' }),
  'delete /webinars/:number/breaks/:id': personal(({ webinar }) => `webinars/${webinar}/breaks/${NOBODY}`),
  'put /webinars/:number/register/lock': personal(({ webinar }) => `webinars/${webinar}/register/lock`),
  'get /webinars/:number/register': personal(({ webinar }) => `webinars/${webinar}/register`),
  'post /webinars/:number/register/corrections': personal(({ webinar }) => `webinars/${webinar}/register/corrections`, { personId: NOBODY, clientId: NOBODY, minutes: 5, reason: 'Non è mio' }),
  'get /webinars/:number/register/csv': personal(({ webinar }) => `webinars/${webinar}/register/csv`),
  'get /webinars/:number/register/pdf': personal(({ webinar }) => `webinars/${webinar}/register/pdf`),
  'get /webinars/:number/messages': personal(({ webinar }) => `webinars/${webinar}/messages`),
  'post /webinars/:number/messages': personal(({ webinar }) => `webinars/${webinar}/messages`, { clientId: NOBODY, text: 'Non è mia' }),
  'put /webinars/:number/messages/:sequence/removal': personal(({ webinar }) => `webinars/${webinar}/messages/1/removal`, {}),
  'put /webinars/:number/chat-lock': personal(({ webinar }) => `webinars/${webinar}/chat-lock`, { locked: true }),
  'put /webinars/:number/slow-mode': personal(({ webinar }) => `webinars/${webinar}/slow-mode`, { seconds: 10 }),
  'delete /webinars/:number/people/:id/removal': personal(({ webinar }) => `webinars/${webinar}/people/${NOBODY}/removal`),
  'put /webinars/:number/people/:id/removal': personal(({ webinar }) => `webinars/${webinar}/people/${NOBODY}/removal`, { reason: 'Non deve poterlo fare' }),
  'get /webinars/:number/questions': personal(({ webinar }) => `webinars/${webinar}/questions`),
  'post /webinars/:number/questions': personal(({ webinar }) => `webinars/${webinar}/questions`, { clientId: NOBODY, text: 'Non è mia?' }),
  'put /webinars/:number/questions/:id/vote': personal(({ webinar, roomQuestion }) => `webinars/${webinar}/questions/${roomQuestion}/vote`, { up: true }),
  'put /webinars/:number/questions/:id/state': personal(({ webinar, roomQuestion }) => `webinars/${webinar}/questions/${roomQuestion}/state`, { state: 'answered' }),
  'get /webinars/:number/polls': personal(({ webinar }) => `webinars/${webinar}/polls`),
  'post /webinars/:number/polls': personal(({ webinar }) => `webinars/${webinar}/polls`, { clientId: NOBODY, question: 'Non è mia?', options: ['Sì', 'No'], multiple: false }),
  'put /webinars/:number/polls/:id/vote': personal(({ webinar, roomPoll }) => `webinars/${webinar}/polls/${roomPoll}/vote`, { chosen: [0] }),
  'put /webinars/:number/polls/:id/closure': personal(({ webinar, roomPoll }) => `webinars/${webinar}/polls/${roomPoll}/closure`, {}),
  'get /webinars/:number/announcements': personal(({ webinar }) => `webinars/${webinar}/announcements`),
  'post /webinars/:number/announcements': personal(({ webinar }) => `webinars/${webinar}/announcements`, { clientId: NOBODY, text: 'Non è mio' }),
  'put /webinars/:number/announcements/:id/withdrawal': personal(({ webinar, announcement }) => `webinars/${webinar}/announcements/${announcement}/withdrawal`, {}),
  'get /webinars/:number/captions': personal(({ webinar }) => `webinars/${webinar}/captions`),
  'post /webinars/:number/captions': personal(({ webinar }) => `webinars/${webinar}/captions`, { clientId: NOBODY, text: 'Non lo scrivo io' }),
  'get /webinars/:number/presence-code': personal(({ webinar }) => `webinars/${webinar}/presence-code`),
  'get /webinars/:number/presence': personal(({ webinar }) => `webinars/${webinar}/presence`),
  'post /webinars/:number/presence': personal(({ webinar }) => `webinars/${webinar}/presence`, { clientId: NOBODY, code: 'ACDEFG', what: 'join' }),
  'get /webinars/:number/slides': personal(({ webinar }) => `webinars/${webinar}/slides`),
  'post /webinars/:number/slides': personal(({ webinar }) => `webinars/${webinar}/slides`, { uploadId: '0'.repeat(32) }),
  'put /webinars/:number/slides/shown': personal(({ webinar }) => `webinars/${webinar}/slides/shown`, { deck: null }),
  'patch /webinars/:number/slides/:deck': personal(({ webinar, slides }) => `webinars/${webinar}/slides/${slides}`, { title: 'Non sono mie' }),
  'delete /webinars/:number/slides/:deck': personal(({ webinar }) => `webinars/${webinar}/slides/${NOBODY}`),
  'get /webinars/:number/slides/:deck/pages': { access: 'anyone', own: { path: ({ webinar, slides }) => `webinars/${webinar}/slides/${slides}/pages`, stranger: 'member' } },
  'get /webinars/:number/slides/:deck/pages/:page/:size': { access: 'anyone', own: { path: ({ webinar, slides }) => `webinars/${webinar}/slides/${slides}/pages/1/small`, stranger: 'member' } },
  'get /webinars/:number/slides/:deck/content': { access: 'anyone', own: { path: ({ webinar, slides }) => `webinars/${webinar}/slides/${slides}/content`, stranger: 'member' } },
  'get /webinars/:number/streams': personal(({ webinar }) => `webinars/${webinar}/streams`),
  'get /webinars/:number/streams/:track': personal(({ webinar }) => `webinars/${webinar}/streams/1`),
  'get /lesson-recordings': signedIn,
  'get /webinars/:number/recording': { access: 'anyone', own: { path: ({ webinar }) => `webinars/${webinar}/recording`, stranger: 'member' } },
  'get /webinars/:number/recording/talk': { access: 'anyone', own: { path: ({ webinar }) => `webinars/${webinar}/recording/talk`, stranger: 'member' } },
  'get /webinars/:number/recording/files/:id': { access: 'anyone', own: { path: ({ webinar, recordingFile }) => `webinars/${webinar}/recording/files/${recordingFile}`, stranger: 'member' } },
  'get /webinars/:number/recording/captions/:language': { access: 'anyone', own: { path: ({ webinar }) => `webinars/${webinar}/recording/captions/it`, stranger: 'member' } },
  'patch /webinars/:number/recording': personal(({ webinar }) => `webinars/${webinar}/recording`, { visibility: 'public' }),
  'put /webinars/:number/recording/removal': personal(({ webinar }) => `webinars/${webinar}/recording/removal`, { reason: 'Non è mia' }),
  'put /webinars/:number/recording/position': personal(({ webinar }) => `webinars/${webinar}/recording/position`, { seconds: 1 }),
  'post /webinars/:number/recording/marks': personal(({ webinar }) => `webinars/${webinar}/recording/marks`, { clientId: NOBODY, title: 'Non è mio', seconds: 1 }),
  'delete /webinars/:number/recording/marks/:id': personal(({ webinar }) => `webinars/${webinar}/recording/marks/${NOBODY}`),
  'put /webinars/:number/recording/captions/:language': personal(({ webinar }) => `webinars/${webinar}/recording/captions/it`),
  'delete /webinars/:number/recording/captions/:language': personal(({ webinar }) => `webinars/${webinar}/recording/captions/it`),
  'post /webinars/:number/questions/:id/thread': personal(({ webinar, roomQuestion }) => `webinars/${webinar}/questions/${roomQuestion}/thread`, {}),
  'get /webinars/:number/calendar': { access: 'anyone', own: { path: ({ webinar }) => `webinars/${webinar}/calendar`, stranger: 'member' } },
  'get /calendar-feed': signedIn,
  'put /calendar-feed': signedIn,
  'delete /calendar-feed': signedIn,
  'get /calendars/:secret': open,
  'get /search/practices': open,
  'get /search/courses': open,
  'get /search/all': open,
  'get /search/people': recognised,
  'get /experts': recognised,
  'get /experts/places': recognised,
  'get /experts/:id': recognised,
  'get /me/expertise': signedIn,
  'put /me/expertise': signedIn,
  'get /competences': signedIn,
  'patch /posts/:id': personal(({ post }) => `posts/${post}`, { html: '<p>Non mio</p>' }),
  'put /posts/:id/removal': personal(({ post }) => `posts/${post}/removal`, {}),
  'get /posts/:id/versions': { access: 'anyone', own: { path: ({ post }) => `posts/${post}/versions`, stranger: 'member' } },
  'put /posts/:id/reactions/:kind': personal(({ post }) => `posts/${post}/reactions/useful`),
  'delete /posts/:id/reactions/:kind': personal(({ post }) => `posts/${post}/reactions/useful`),
  'post /posts/:id/flags': personal(({ post }) => `posts/${post}/flags`, { reason: 'spam' }),
  'put /posts/:id/restoration': personal(({ post }) => `posts/${post}/restoration`, { reason: 'Non deve poterlo fare' }),
  'get /networks/:key/held-posts': signedIn,
  'get /moderation/cases': signedIn,
  'get /moderation/count': signedIn,
  'put /moderation/cases/:id/decision': personal(({ flagged }) => `moderation/cases/${flagged}/decision`, { decision: 'dismissed' }),
  'get /moderation/measures': signedIn,
  'post /moderation/measures/:id/appeals': personal(({ measure }) => `moderation/measures/${measure}/appeals`, { text: 'Non deve poterlo fare' }),
  'put /moderation/measures/:id/lifting': personal(({ measure }) => `moderation/measures/${measure}/lifting`, { reason: 'Non deve poterlo fare' }),
  'put /moderation/people/:id/trust': personal(({ person }) => `moderation/people/${person}/trust`, { level: 'member' }),
  'get /bodies': open,
  'get /bodies/:id': open,
  'post /registrations': open,
  'post /confirmation-requests': open,
  'post /confirmations': open,
  'post /password-resets': open,
  'put /password-resets': open,
  'get /me': open,
  'post /sessions': open,
  'delete /sessions/current': open,
  'get /sessions': signedIn,
  'delete /sessions': signedIn,
  'delete /sessions/:id': personal(({ session }) => `sessions/${session}`),
  'get /me/profile': signedIn,
  'patch /me/profile': signedIn,
  'put /me/password': signedIn,
  'post /affiliations': signedIn,
  'delete /affiliations/:id': personal(({ affiliation }) => `affiliations/${affiliation}`),
  'get /affiliations': { access: 'coordinators' },
  'put /affiliations/:id/decision': coordinated(({ affiliation }) => `affiliations/${affiliation}/decision`, { decision: 'approved' }),
  'get /people': { access: 'coordinators' },
  'get /people/:id': coordinated(({ person }) => `people/${person}`),
  'put /people/:id/suspension': admins,
  'delete /people/:id/suspension': admins,
  'post /roles': admins,
  'delete /roles/:id': admins,
  'get /audit-entries': { access: 'coordinators' },
  'get /body-domains': admins,
  'put /bodies/:id/domains/:domain': admins,
  'delete /bodies/:id/domains/:domain': admins,
  'get /areas': open,
  'get /courses': open,
  'get /courses/:key': open,
  'get /course-versions/:versionId/assets/:name': open,
  'get /managed-courses': { access: 'trainers' },
  'get /editions': { access: 'trainers' },
  'post /editions': { access: 'trainers' },
  'get /editions/:id': { access: 'anyone', own: { path: ({ draftEdition }) => `editions/${draftEdition}`, stranger: 'trainer' } },
  'patch /editions/:id': taught(({ draftEdition }) => `editions/${draftEdition}`, { place: 'Sala' }),
  'put /editions/:id/publication': taught(({ draftEdition }) => `editions/${draftEdition}/publication`, {}),
  'put /editions/:id/cancellation': taught(({ draftEdition }) => `editions/${draftEdition}/cancellation`, { reason: 'Non si tiene più' }),
  'put /editions/:id/enrolment': signedIn,
  'post /editions/:id/enrolments': { access: 'coordinators' },
  'get /editions/:id/enrolments': taught(({ draftEdition }) => `editions/${draftEdition}/enrolments`),
  'get /enrolments': signedIn,
  'get /enrolments/outcomes': { access: 'coordinators' },
  'get /enrolments/:id': personal(({ enrolment }) => `enrolments/${enrolment}`),
  'put /enrolments/:id/decision': coordinated(({ enrolment }) => `enrolments/${enrolment}/decision`, { decision: 'approved' }),
  'put /enrolments/:id/withdrawal': personal(({ enrolment }) => `enrolments/${enrolment}/withdrawal`, {}),
  'get /enrolments/:id/completion': personal(({ enrolment }) => `enrolments/${enrolment}/completion`),
  'get /enrolments/:id/lessons/:key': personal(({ enrolment }) => `enrolments/${enrolment}/lessons/lezione-1`),
  'put /enrolments/:id/lessons/:key/progress': personal(({ enrolment }) => `enrolments/${enrolment}/lessons/lezione-1/progress`, { positionSeconds: 1 }),
  'put /enrolments/:id/lessons/:key/completion': personal(({ enrolment }) => `enrolments/${enrolment}/lessons/lezione-1/completion`, {}),
  'post /enrolments/:id/attempts': personal(({ enrolment }) => `enrolments/${enrolment}/attempts`, { quizKey: 'prova-finale' }),
  'get /attempts/:id': personal(({ attempt }) => `attempts/${attempt}`),
  'put /attempts/:id/answers/:questionId': personal(({ attempt, question }) => `attempts/${attempt}/answers/${question}`, { option: 'a' }),
  'put /attempts/:id/closure': personal(({ attempt }) => `attempts/${attempt}/closure`, {}),
  'get /attempts/:id/result': personal(({ attempt }) => `attempts/${attempt}/result`),
  'get /certificates/:code/verification': open,
  'get /certificate-keys': open,
  'get /certificates': signedIn,
  'get /certificates/:id': personal(({ certificate }) => `certificates/${certificate}`),
  'get /certificates/:id/document': personal(({ certificate }) => `certificates/${certificate}/document`),
  'put /certificates/:id/revocation': admins,
  'get /transcript': signedIn,
  'get /transcript/pdf': signedIn,
  'get /transcript/csv': signedIn,
  'get /notices': signedIn,
  'put /notices/reading': signedIn,
  'put /notices/:id/reading': personal(({ notice }) => `notices/${notice}/reading`, {}),
  'get /networks/:key/mentionable': signedIn,
  'get /networks/:key/notice-level': signedIn,
  'put /networks/:key/notice-level': signedIn,
  'get /threads/:number/notice-level': signedIn,
  'put /threads/:number/notice-level': signedIn,
  'get /notice-levels': signedIn,
  'get /notification-settings': signedIn,
  'put /notification-settings': signedIn,
  'get /unsubscriptions/:token/scope': open,
  'get /unsubscriptions/:token': open,
  'post /unsubscriptions/:token': open,
  'post /inbound-mails': open,
  'get /mails': admins,
  'get /mails/:id': admins,
  'get /mails/:id/html': admins,
  'get /mail-service': open,
  'get /channels': signedIn,
  'get /channels/:place': personal(({ channel }) => `channels/${channel}`),
  'get /channels/:place/messages': personal(({ channel }) => `channels/${channel}/messages`),
  'post /channels/:place/messages': personal(({ channel }) => `channels/${channel}/messages`, { clientId: NOBODY, text: 'Non è la mia' }),
  'put /channels/:place/messages/:sequence/removal': personal(({ channel }) => `channels/${channel}/messages/1/removal`, {}),
  'put /channels/:place/reading': personal(({ channel }) => `channels/${channel}/reading`, { sequence: 1 }),
  'get /channels/:place/search': personal(({ channel }) => `channels/${channel}/search?q=buongiorno`),
  'get /channels/:place/people': personal(({ channel }) => `channels/${channel}/people?q=anna`),
  'get /conversations': signedIn,
  'get /conversations/unread': signedIn,
  'post /conversations': signedIn,
  'get /conversations/:id': personal(({ conversation }) => `conversations/${conversation}`),
  'get /conversations/:id/messages': personal(({ conversation }) => `conversations/${conversation}/messages`),
  'post /conversations/:id/messages': personal(({ conversation }) => `conversations/${conversation}/messages`, { clientId: NOBODY, text: 'Non mia' }),
  'put /conversations/:id/reading': personal(({ conversation }) => `conversations/${conversation}/reading`, { sequence: 1 }),
  'get /correspondents/:id': signedIn,
  'put /correspondents/:id/block': signedIn,
  'delete /correspondents/:id/block': signedIn,
  'post /direct-messages/:id/reports': personal(({ message }) => `direct-messages/${message}/reports`, { reason: 'spam' }),
  'put /moderation/cases/:id/disclosure': signedIn,
  'put /me/closure': signedIn,
  'put /people/:id/closure': admins,
  'get /me/data-exports': signedIn,
  'post /me/data-exports': signedIn,
  'get /data-exports/:id/content': personal(({ dataExport }) => `data-exports/${dataExport}/content`),
  'get /statistics/programme': open,
  'get /statistics/members': open,
  'get /statistics/members/csv': open,
  'get /statistics/series': open,
  'get /statistics/series/csv': open,
  'get /statistics/boundaries': open,
};

describe('every route × every role', () => {
  let app: TestApp;
  let world: World;
  let owners: Record<'member' | 'coordinator' | 'trainer', { id: string }>;
  let strangers: Record<'member' | 'coordinator' | 'trainer', { id: string }>;
  let people: Record<Exclude<Role, 'anonymous'>, { id: string }>;

  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    const [treviso, nuoro] = [await aProvince('Treviso'), await aProvince('Nuoro')];
    const enrolment = await anEnrolment({ person: await aPerson({ body: treviso }) });
    const certificate = await aCertificate({ person: enrolment.person });
    const otherEdition = await anEdition();
    const draft = await anEdition({ published_at: null });
    owners = { member: enrolment.person, coordinator: await aCoordinator({ body: treviso }), trainer: await aTrainer(draft.course) };
    strangers = { member: await aPerson({ body: treviso }), coordinator: await aCoordinator({ body: nuoro }), trainer: await aTrainer(otherEdition.course) };
    people = { newcomer: await aPerson({ body: null }), member: await aPerson(), trainer: await aTrainer(otherEdition.course), coordinator: await aCoordinator(), admin: await anAdministrator() };
    const attempt = await (await app.as(enrolment.person)).post<{ id: string; questions: { id: string }[] }>(`enrolments/${enrolment.id}/attempts`, { quizKey: 'prova-finale' });
    await app.as(enrolment.person);
    const idOf = async (table: string, row: object) => ((await database()(table).insert(row).returning('id')) as { id: string }[])[0]?.id ?? '';
    // A closed network that the owner moderates
    const network = await aNetwork({ joining: 'closed', reading: 'members' });
    await database()('roles').insert({ person_id: enrolment.person.id, role: 'moderator', scope: 'network', scope_id: network.id });
    const { postId } = await aThread(await app.as(enrolment.person), network);
    const keeper = await app.as(enrolment.person);
    const picture = new Uint8Array(await sharp({ create: { width: 2, height: 2, channels: 3, background: '#06c' } }).png().toBuffer());
    const image = await keeper.post<{ id: string }>(`networks/${network.key}/images`, { uploadId: await anUpload(keeper, 'punto.png', picture) });
    const sheet = await aDraft(keeper, network);
    const attached = await keeper.post<{ files: { id: string }[] }>(`practices/${sheet}/files`, { uploadId: await anUpload(keeper, 'nota.txt', new TextEncoder().encode('Una nota')), revision: 1 });
    // She got it from somebody else: whose it is finds it
    const talk = `edizione-${(await anEnrolment({ person: enrolment.person })).edition.id}`;
    expect((await (await app.as(enrolment.person)).post(`channels/${talk}/messages`, { clientId: NOBODY, text: 'Buongiorno' })).status).toBe(201);
    const written = await (await app.as(strangers.trainer)).post<{ conversationId: string; message: { id: string } }>('conversations', { personId: enrolment.person.id, clientId: NOBODY, text: 'Buongiorno' });
    const webinar = await aWebinar({ network, organiser: enrolment.person });
    const said = { webinar_id: webinar.id, author_id: enrolment.person.id, client_id: NOBODY, at: new Date() };
    await database()('room_talks').insert({ webinar_id: webinar.id, last_sequence: 1 });
    await database()('room_messages').insert({ ...said, sequence: 1, role: 'organiser', text: 'Benvenute' });
    await database()('recordings').insert({ webinar_id: webinar.id, starts_at: new Date(), state: 'ready', keep_until: '2030-01-01' });
    await database()('recording_captions').insert({ webinar_id: webinar.id, language: 'it', text: 'WEBVTT', cues: 0, sent_by: enrolment.person.id, at: new Date() });
    const digest = await files.put(new TextEncoder().encode('un file'));
    const slides = await idOf('slide_decks', { webinar_id: webinar.id, title: 'Prima lezione', position: 0, file_name: 'prima.pdf', digest, bytes: 7, author_id: enrolment.person.id, at: new Date(), upload_id: '0'.repeat(32), state: 'ready', pages: 1 });
    await database()('slide_pages').insert({ deck_id: slides, number: 1, width: 1, height: 1, words: '', small: digest, medium: digest, large: digest });
    world = {
      slides,
      announcement: await idOf('room_announcements', { ...said, text: 'Si comincia' }),
      webinar: webinar.number,
      recordingFile: await idOf('recording_files', { webinar_id: webinar.id, kind: 'audio', person_id: enrolment.person.id, position: 0, media_type: 'audio/webm', digest, bytes: 7, duration_ms: 1 }),
      roomQuestion: await idOf('room_questions', { ...said, text: 'Chi firma?' }),
      roomPoll: await idOf('room_polls', { ...said, question: 'Si comincia?', options: ['Sì', 'No'], multiple: false }),
      practiceFile: `${sheet}/files/${attached.body.files[0]?.id}`,
      conversation: written.body.conversationId,
      channel: talk,
      message: written.body.message.id,
      dataExport: await idOf('data_exports', { person_id: enrolment.person.id, requested_at: new Date(), digest: '0'.repeat(64), bytes: 1, ready_at: new Date(), expires_at: new Date() }),
      document: await aDocument(keeper, network),
      image: image.body.id,
      draft: await idOf('drafts', { person_id: enrolment.person.id, network_id: network.id, title: 'Mia', html: '', device: NOBODY, changed_at: new Date() }),
      membership: (await aMember(network, { status: 'requested' })).membershipId,
      post: postId,
      flagged: await idOf('moderation_cases', { kind: 'flagged', network_id: network.id, post_id: postId, opened_at: new Date() }),
      measure: await idOf('moderation_measures', { kind: 'warned', person_id: enrolment.person.id, network_id: network.id, reason: 'Toni', taken_at: new Date(), taken_by: people.admin.id }),
      enrolment: enrolment.id,
      attempt: attempt.body.id,
      question: attempt.body.questions[0]?.id ?? '',
      certificate: certificate.id,
      notice: await idOf('notices', { person_id: enrolment.person.id, kind: 'certificate-issued', key: 'test' }),
      session: ((await database()('sessions').where('person_id', enrolment.person.id).first('id')) as { id: string }).id,
      affiliation: await idOf('affiliations', { person_id: enrolment.person.id, body_id: treviso.id }),
      person: enrolment.person.id,
      draftEdition: draft.id,
    };
  });
  afterAll(() => app.close());

  const nameOf = ({ method, path }: { method: Method; path: string }) => `${method} ${path}`;

  it('has each route in the table, with the access that it declares', () => {
    expect(Object.fromEntries(ROUTES.map((route) => [nameOf(route), route.access.name]))).toEqual(Object.fromEntries(Object.entries(TABLE).map(([name, { access }]) => [name, access])));
  });

  it.each(ROUTES.map((route) => [nameOf(route), route] as const))('%s', async (name, route) => {
    const path = route.path.slice(1).replace(/:(\w+)/g, (_, parameter: string) => (parameter === 'key' || parameter === 'name' || parameter === 'domain' || parameter === 'code' ? 'nessuno' : NOBODY));
    const expectation = TABLE[name];
    if (!expectation) throw new Error(`${name} is not in the table`);
    for (const role of ROLES) {
      const client = role === 'anonymous' ? app.anonymous() : await app.as(people[role]);
      const { status } = await client.call(route.method.toUpperCase(), path, route.body ? {} : undefined);
      const refused = status === 401 || status === 403;
      // Signing in with nothing is refused as input (422); elsewhere 401 and 403 say that this person may not call at all
      expect({ role, refused, status: refused ? status : 'let in' }).toEqual(MAY[expectation.access].includes(role) ? { role, refused: false, status: 'let in' } : { role, refused: true, status: role === 'anonymous' ? 401 : 403 });
    }
  });

  it.each(Object.entries(TABLE).flatMap(([name, { own }]) => (own ? [[name, own] as const] : [])))('%s: what is another person’s is not found', async (name, own) => {
    const method = name.split(' ')[0]?.toUpperCase() ?? '';
    const path = own.path(world);
    const stranger = await (await app.as(strangers[own.stranger])).call(method, path, own.body);
    expect({ path, status: stranger.status }).toEqual({ path, status: 404 });
    // It is there: its owner finds it (whatever else may be said to her). Asked with a body that changes nothing
    const owner = await (await app.as(owners[own.stranger])).call(method, path, method === 'GET' || !own.body ? undefined : { nonsense: true });
    if (method !== 'DELETE') expect(owner.status).not.toBe(404);
  });

  it('has every route with an id of somebody in one of the two', () => {
    const withId = ROUTES.filter(({ path, access }) => path.includes(':id') && access.name !== 'administrators').map(nameOf);
    const shared = ['get /correspondents/:id', 'put /correspondents/:id/block', 'delete /correspondents/:id/block', 'put /moderation/cases/:id/disclosure', 'get /bodies/:id', 'put /editions/:id/enrolment', 'post /editions/:id/enrolments', 'get /experts/:id'];
    expect(withId.filter((name) => !TABLE[name]?.own && !shared.includes(name))).toEqual([]);
  });
});
