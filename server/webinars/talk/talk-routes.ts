import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { AnnouncementInput, LockInput, MessageInput, MessageSent, MessagesQuery, PollInput, PollVote, QuestionInput, QuestionSettled, QuestionVote, RoomAnnouncements, RoomMessages, RoomPolls, RoomQuestions, SlowInput } from '../../contract/room-talk.ts';
import { CancellationInput, WebinarNumber } from '../../contract/webinars.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { readmit, removeFromRoom } from '../run-room.ts';
import { announce, listAnnouncements, withdrawAnnouncement } from './announcements.ts';
import { hideMessage, lockChat, slowDown } from './keep-order.ts';
import { listMessages } from './list-messages.ts';
import { closePoll, listPolls, openPoll, votePoll } from './polls.ts';
import { askQuestion, listQuestions, settleQuestion, voteQuestion } from './questions.ts';
import { say } from './say.ts';

const { route, routes } = routesOf('webinars');

const byNumber = z.object({ number: WebinarNumber });
const byId = z.object({ number: WebinarNumber, id: Id });
/** Of one process: a crowd that writes at once must not wait for a table of counters. */
const LIVELY = { points: 60, seconds: 60, here: true } as const;

route({
  method: 'get', path: '/webinars/:number/messages', summary: 'What is said in a room, after a number', access: signedIn, params: byNumber, query: MessagesQuery, response: RoomMessages,
  handle: ({ actor, params, query: { latest, ...query } }) => listMessages(actor, params.number, { ...query, latest: latest === '1' }),
});

route({
  method: 'post', path: '/webinars/:number/messages', summary: 'Say something in a room', access: signedIn, params: byNumber, body: MessageInput, response: MessageSent, status: 201, limit: LIVELY,
  handle: async ({ actor, params, body }) => ({ message: await say(actor, params.number, body) }),
});

route({
  method: 'put', path: '/webinars/:number/messages/:sequence/removal', summary: 'Take a message away', access: signedIn, params: z.object({ number: WebinarNumber, sequence: z.coerce.number().int().min(1).max(2_000_000_000) }), body: Empty, response: Empty,
  async handle({ actor, params }) {
    await hideMessage(actor, params.number, params.sequence);
    return {};
  },
});

route({
  method: 'put', path: '/webinars/:number/people/:id/removal', summary: 'Send somebody out of a room, until she is let in again', access: signedIn, params: byId, body: CancellationInput, response: Empty,
  async handle({ actor, params, body }) {
    await removeFromRoom(actor, params.number, params.id, body.reason);
    return {};
  },
});

route({
  method: 'delete', path: '/webinars/:number/people/:id/removal', summary: 'Let somebody who was sent out come back', access: signedIn, params: byId, response: Empty,
  async handle({ actor, params }) {
    await readmit(actor, params.number, params.id);
    return {};
  },
});

route({
  method: 'put', path: '/webinars/:number/slow-mode', summary: 'How long each waits between two messages', access: signedIn, params: byNumber, body: SlowInput, response: Empty,
  async handle({ actor, params, body }) {
    await slowDown(actor, params.number, body.seconds);
    return {};
  },
});

route({
  method: 'put', path: '/webinars/:number/chat-lock', summary: 'Whether only who keeps order writes to everybody', access: signedIn, params: byNumber, body: LockInput, response: Empty,
  async handle({ actor, params, body }) {
    await lockChat(actor, params.number, body.locked);
    return {};
  },
});

route({
  method: 'get', path: '/webinars/:number/announcements', summary: 'What everybody in a room should know now', access: signedIn, params: byNumber, response: RoomAnnouncements,
  handle: ({ actor, params }) => listAnnouncements(actor, params.number),
});

route({
  method: 'post', path: '/webinars/:number/announcements', summary: 'Tell everybody in a room', access: signedIn, params: byNumber, body: AnnouncementInput, response: RoomAnnouncements, status: 201,
  async handle({ actor, params, body }) {
    await announce(actor, params.number, body);
    return listAnnouncements(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/announcements/:id/withdrawal', summary: 'An announcement stands no longer', access: signedIn, params: byId, body: Empty, response: RoomAnnouncements,
  async handle({ actor, params }) {
    await withdrawAnnouncement(actor, params.number, params.id);
    return listAnnouncements(actor, params.number);
  },
});

route({
  method: 'get', path: '/webinars/:number/questions', summary: 'The questions of a room', access: signedIn, params: byNumber, response: RoomQuestions,
  handle: ({ actor, params }) => listQuestions(actor, params.number),
});

route({
  method: 'post', path: '/webinars/:number/questions', summary: 'Ask in a room', access: signedIn, params: byNumber, body: QuestionInput, response: RoomQuestions, status: 201, limit: { points: 20, seconds: 600, here: true },
  async handle({ actor, params, body }) {
    await askQuestion(actor, params.number, body);
    return listQuestions(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/questions/:id/vote', summary: 'Want an answer too, or no longer', access: signedIn, params: byId, body: QuestionVote, response: RoomQuestions, limit: LIVELY,
  async handle({ actor, params, body }) {
    await voteQuestion(actor, params.number, params.id, body.up);
    return listQuestions(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/questions/:id/state', summary: 'Answered, dismissed, open again', access: signedIn, params: byId, body: QuestionSettled, response: RoomQuestions,
  async handle({ actor, params, body }) {
    await settleQuestion(actor, params.number, params.id, body.state);
    return listQuestions(actor, params.number);
  },
});

route({
  method: 'get', path: '/webinars/:number/polls', summary: 'The polls of a room', access: signedIn, params: byNumber, response: RoomPolls,
  handle: ({ actor, params }) => listPolls(actor, params.number),
});

route({
  method: 'post', path: '/webinars/:number/polls', summary: 'Have a room choose', access: signedIn, params: byNumber, body: PollInput, response: RoomPolls, status: 201,
  async handle({ actor, params, body }) {
    await openPoll(actor, params.number, body);
    return listPolls(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/polls/:id/vote', summary: 'Choose in a poll', access: signedIn, params: byId, body: PollVote, response: RoomPolls, limit: LIVELY,
  async handle({ actor, params, body }) {
    await votePoll(actor, params.number, params.id, body.chosen);
    return listPolls(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/polls/:id/closure', summary: 'End a poll', access: signedIn, params: byId, body: Empty, response: RoomPolls,
  async handle({ actor, params }) {
    await closePoll(actor, params.number, params.id);
    return listPolls(actor, params.number);
  },
});

export const talkRoutes = routes;
