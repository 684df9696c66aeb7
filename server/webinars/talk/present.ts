import type { RoomMessage, RoomPoll, RoomQuestion } from '../../contract/room-talk.ts';
import type { RoomRole } from '../../contract/webinars.ts';

export interface MessageRow {
  sequence: number;
  author_id: string;
  role: RoomRole;
  client_id: string;
  text: string;
  to_staff: boolean;
  at: Date;
  hidden_at: Date | null;
}

interface Named {
  given_name: string;
  family_name: string;
}

const nameOf = ({ given_name, family_name }: Named): string => `${given_name} ${family_name}`;

export const presentMessage = (row: MessageRow & Named): RoomMessage => ({
  sequence: row.sequence, at: row.at.toISOString(), author: { id: row.author_id, name: nameOf(row), role: row.role }, clientId: row.client_id, text: row.hidden_at ? null : row.text, toStaff: row.to_staff,
});

export interface QuestionRow extends Named {
  id: string;
  at: Date;
  author_id: string;
  text: string;
  state: RoomQuestion['state'];
  votes: number;
  voted: boolean;
}

export const presentQuestion = (row: QuestionRow): RoomQuestion => ({ id: row.id, at: row.at.toISOString(), author: { id: row.author_id, name: nameOf(row) }, text: row.text, votes: row.votes, voted: row.voted, state: row.state });

export interface PollRow {
  id: string;
  question: string;
  options: string[];
  multiple: boolean;
  closed_at: Date | null;
  chosen: number[];
  voters: number;
  /** By place. */
  votes: Record<string, number>;
}

/** @param sees whether the figures are for this person already. */
export const presentPoll = (row: PollRow, sees: boolean): RoomPoll => {
  const shown = sees || row.closed_at !== null || row.chosen.length > 0;
  return { id: row.id, question: row.question, multiple: row.multiple, closed: row.closed_at !== null, chosen: row.chosen, voters: row.voters, options: row.options.map((text, i): RoomPoll['options'][number] => ({ text, votes: shown ? (row.votes[i] ?? 0) : null })) };
};
