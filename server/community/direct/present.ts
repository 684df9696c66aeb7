import type { z } from 'zod';
import type { Conversation, ConversationCard, Correspondent, DirectMessage, DisclosedMessages } from '../../contract/direct.ts';
import type { Actor, Language } from '../../http/actor.ts';
import { messageOf } from '../../http/messages.ts';
import { authorOf } from '../present.ts';
import type { DisclosedRow } from './disclose-messages.ts';
import type { ConversationHead, CorrespondentRow, OtherPerson } from './find-conversation.ts';
import type { ConversationRow } from './list-conversations.ts';
import type { MessageRow } from './list-messages.ts';
import { refusalOf } from './policy.ts';

export const presentMessage = (row: MessageRow, reader: Pick<Actor, 'id'>): z.input<typeof DirectMessage> => ({ id: row.id, sequence: row.sequence, mine: row.author_id === reader.id, text: row.text, createdAt: row.created_at, reported: row.reported });

const presentOther = (row: Pick<OtherPerson, 'other_id' | 'other_name' | 'other_body' | 'other_kind'>) => authorOf(row.other_id, row.other_name, row.other_body, row.other_kind);

export const presentCard = (row: ConversationRow): z.input<typeof ConversationCard> => ({
  id: row.id, with: presentOther(row), lastAt: row.last_at, lastSequence: row.last_sequence, excerpt: row.excerpt, mine: row.mine, unread: row.unread,
});

function presentRefusal(actor: Actor, other: OtherPerson, language: Language): { code: string; text: string } | null {
  const refusal = refusalOf(actor, other);
  return refusal && { code: refusal.code, text: messageOf(refusal.code, language, refusal.params) };
}

export function presentConversation(head: ConversationHead, messages: MessageRow[], actor: Actor, language: Language): z.input<typeof Conversation> {
  const refusal = presentRefusal(actor, head, language);
  return {
    id: head.id, with: presentOther(head), lastSequence: head.last_sequence, readSequence: head.read_sequence, messages: messages.map((row) => presentMessage(row, actor)), blocked: head.blocked, refusal, abilities: { write: refusal === null },
  };
}

export const presentCorrespondent = (row: CorrespondentRow, actor: Actor, language: Language): z.input<typeof Correspondent> => ({ person: presentOther(row), conversationId: row.conversation_id, refusal: presentRefusal(actor, row, language) });

export const presentDisclosed = (rows: DisclosedRow[]): z.input<typeof DisclosedMessages> => ({
  items: rows.map((row) => ({ author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), text: row.text, createdAt: row.created_at, reported: row.reported })),
});
