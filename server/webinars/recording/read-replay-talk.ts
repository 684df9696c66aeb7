import type { ReplayTalk } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import type { Actor } from '../../http/actor.ts';
import { listSpoken } from './captions.ts';
import { secondsOf } from './chapters.ts';
import { findRecording } from './find-recording.ts';

const NAME = "p.given_name || ' ' || p.family_name as author";
/** More than is ever written in one room. */
const MOST = 5000;
/** Fewer votes than this say who voted. */
const LEAST_SHOWN = 5;

interface MessageRow {
  sequence: number;
  at: Date;
  author: string;
  text: string;
}
interface QuestionRow {
  id: string;
  at: Date;
  author: string;
  text: string;
  state: 'open' | 'answered';
  settled_at: Date | null;
  votes: number;
  thread: number | null;
}
interface PollRow {
  id: string;
  at: Date;
  question: string;
  options: string[];
  closed_at: Date | null;
  voters: number;
  votes: Record<string, number>;
}

/**
 * What was written in the room, on the recording's clock. Never what was hidden, what was for staff alone, or what was dismissed. Whoever could not have been
 * there has the questions without their authors, and no chat.
 * @throws AppError 404; 403 `recording-not-yours`
 */
export async function readReplayTalk(actor: Actor | null, number: number): Promise<ReplayTalk> {
  const found = await findRecording(actor, number);
  const { webinar, recording, insider } = found;
  if (recording.state === 'deleted') return { spoken: [], messages: [], questions: [], polls: [] };
  const of = { webinar: webinar.id, most: MOST };
  const rowsOf = async <T>(sql: string): Promise<T[]> => (await database().raw<{ rows: T[] }>(sql, of)).rows;
  const [spoken, messages, questions, polls] = await Promise.all([
    listSpoken(found),
    insider ? rowsOf<MessageRow>(`select m.sequence, m.at, m.text, ${NAME} from room_messages m join people p on p.id = m.author_id where m.webinar_id = :webinar and not m.to_staff and m.hidden_at is null order by m.sequence limit :most`) : [],
    rowsOf<QuestionRow>(`select q.id, q.at, q.text, q.state, q.settled_at, t.number as thread, ${NAME}, (select count(*)::int from room_question_votes v where v.question_id = q.id) as votes
      from room_questions q join people p on p.id = q.author_id left join threads t on t.id = q.thread_id and t.deleted_at is null where q.webinar_id = :webinar and q.state <> 'dismissed' order by q.at, q.id limit :most`),
    rowsOf<PollRow>(`select l.id, l.at, l.question, l.options, l.closed_at, (select count(distinct v.person_id)::int from room_poll_votes v where v.poll_id = l.id) as voters,
      coalesce((select jsonb_object_agg(c.choice, c.votes) from (select choice, count(*)::int as votes from room_poll_votes where poll_id = l.id group by choice) c), '{}') as votes
      from room_polls l where l.webinar_id = :webinar order by l.at, l.id limit :most`),
  ]);
  // What was said before the beginning stands at the beginning
  const seconds = (moment: Date): number => Math.max(0, secondsOf(found, moment));
  return {
    spoken,
    messages: messages.map(({ sequence, at, author, text }) => ({ id: String(sequence), seconds: seconds(at), author, text })),
    questions: questions.map(({ id, at, author, text, votes, state, settled_at, thread }) => ({ id, seconds: seconds(at), author: insider ? author : null, text, votes, answered: state === 'answered', answeredAt: settled_at && seconds(settled_at), thread: insider ? thread : null })),
    polls: polls.map(({ id, at, question, options, closed_at, voters, votes }) => {
      const shown = insider || voters >= LEAST_SHOWN;
      return { id, seconds: seconds(at), question, closedAt: closed_at && seconds(closed_at), voters: shown ? voters : null, options: options.map((text, place) => ({ text, votes: shown ? (votes[place] ?? 0) : null })) };
    }),
  };
}
