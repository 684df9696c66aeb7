import './messages.ts';
import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { Conversation, ConversationPage, ConversationQuery, Correspondent, DirectReading, DisclosedMessages, FirstMessage, MessageInput, MessageList, MessagesQuery, ReportInput, UnreadMessages, WrittenTo } from '../../contract/direct.ts';
import { forbidden } from '../../errors.ts';
import { signedIn } from '../../http/access.ts';
import { decodeCursor, toPage } from '../../http/pagination.ts';
import { routesOf } from '../../http/route.ts';
import { messagesPerHour } from '../moderation/trust.ts';
import { blockPerson, unblockPerson } from './block-person.ts';
import { discloseMessages } from './disclose-messages.ts';
import { findCorrespondent } from './find-conversation.ts';
import { countUnreadMessages, listConversations } from './list-conversations.ts';
import { presentCard, presentConversation, presentCorrespondent, presentDisclosed, presentMessage } from './present.ts';
import { markConversationRead, readConversation } from './read-conversation.ts';
import { reportMessage } from './report-message.ts';
import { sendMessage, writeTo } from './send-message.ts';

/** What two people write to each other is theirs: every route here finds only the caller's own conversations, and no role finds more. */
const { route, routes } = routesOf('community');

const byId = z.object({ id: Id });
/** Counted in the database: a restart forgives nothing. */
const WRITING = { points: 30, seconds: 3600, of: messagesPerHour };

route({
  method: 'get', path: '/conversations', summary: 'My conversations, the newest message first', access: signedIn, query: ConversationQuery, response: ConversationPage,
  async handle({ actor, query: { cursor, limit } }) {
    const after = cursor ? decodeCursor(cursor, z.tuple([z.iso.datetime(), Id])) : undefined;
    const { items, next } = toPage(await listConversations(actor, after, limit), limit, (last) => [last.last_at.toISOString(), last.id]);
    return { items: items.map(presentCard), next };
  },
});

route({
  method: 'get', path: '/conversations/unread', summary: 'How many direct messages I have not read', access: signedIn, response: UnreadMessages,
  handle: async ({ actor }) => ({ unread: await countUnreadMessages(actor) }),
});

route({
  method: 'post', path: '/conversations', summary: 'Write to a person', access: signedIn, body: FirstMessage, response: WrittenTo, status: 201, limit: WRITING,
  async handle({ actor, body: { personId, ...input } }) {
    const { conversationId, message } = await writeTo(actor, personId, input);
    return { conversationId, message: presentMessage(message, actor) };
  },
});

route({
  method: 'get', path: '/conversations/:id', summary: 'A conversation of mine with its newest messages, or from a sequence on', access: signedIn, params: byId, query: MessagesQuery, response: Conversation,
  async handle({ actor, params, query, language }) {
    const { head, messages } = await readConversation(actor, params.id, query);
    return presentConversation(head, messages, actor, language);
  },
});

route({
  method: 'get', path: '/conversations/:id/messages', summary: 'Messages of a conversation from a sequence on: how a client catches up', access: signedIn, params: byId, query: MessagesQuery, response: MessageList,
  async handle({ actor, params, query }) {
    const { head, messages } = await readConversation(actor, params.id, query);
    return { items: messages.map((row) => presentMessage(row, actor)), lastSequence: head.last_sequence };
  },
});

route({
  method: 'post', path: '/conversations/:id/messages', summary: 'Write in a conversation of mine', access: signedIn, params: byId, body: MessageInput, response: MessageList, status: 201, limit: WRITING,
  async handle({ actor, params, body }) {
    const { message } = await sendMessage(actor, params.id, body);
    return { items: [presentMessage(message, actor)], lastSequence: message.sequence };
  },
});

route({
  method: 'put', path: '/conversations/:id/reading', summary: 'I have read so far', access: signedIn, params: byId, body: DirectReading, response: z.object({ readSequence: z.int() }),
  handle: async ({ actor, params, body }) => ({ readSequence: await markConversationRead(actor, params.id, body.sequence) }),
});

route({
  method: 'get', path: '/correspondents/:id', summary: 'Somebody whom I want to write to', access: signedIn, params: byId, response: Correspondent, limit: { points: 240, seconds: 3600 },
  async handle({ actor, params, language }) {
    const found = await findCorrespondent(actor, params.id);
    // Who is not recognised yet learns no names
    if (actor.bodyId === null) throw forbidden('direct-no-body');
    return presentCorrespondent(found, actor, language);
  },
});

route({
  method: 'put', path: '/correspondents/:id/block', summary: 'This person does not write to me any more', access: signedIn, params: byId, response: Empty, limit: { points: 60, seconds: 3600 },
  async handle({ actor, params }) {
    await blockPerson(actor, params.id);
    return {};
  },
});

route({
  method: 'delete', path: '/correspondents/:id/block', summary: 'She may again', access: signedIn, params: byId, response: Empty,
  async handle({ actor, params }) {
    await unblockPerson(actor, params.id);
    return {};
  },
});

route({
  method: 'post', path: '/direct-messages/:id/reports', summary: 'Tell the moderators about a message that I got', access: signedIn, params: byId, body: ReportInput, response: Empty, status: 201, limit: { points: 30, seconds: 3600 },
  async handle({ actor, params, body }) {
    await reportMessage(actor, params.id, body);
    return {};
  },
});

route({
  method: 'put', path: '/moderation/cases/:id/disclosure', summary: 'Look at a reported message and three before it; that I did stays in the record', access: signedIn, params: byId, response: DisclosedMessages,
  handle: async ({ actor, params }) => presentDisclosed(await discloseMessages(actor, params.id)),
});

export const directRoutes = routes;
