import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';

export interface MessageRow {
  id: string;
  sequence: number;
  author_id: string;
  text: string;
  created_at: Date;
  reported: boolean;
}

const LIST = `
  select x.id, x.sequence, x.author_id, x.text, x.created_at, exists (select from message_reports r where r.message_id = x.id and r.person_id = $2::uuid) as reported
    from direct_messages x where x.conversation_id = $1 and x.sequence >= $3 order by x.sequence limit $4`;

/** Messages of a conversation that is the reader's own, from this sequence on. */
export const listMessages = (conversationId: string, reader: Pick<Actor, 'id'>, from: number, limit: number): Promise<MessageRow[]> => prepared<MessageRow>('messages-from', LIST, [conversationId, reader.id, from, limit]);
