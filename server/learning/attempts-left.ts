import { clock } from '../gateways/clock.ts';
import type { Attempt } from './attempt.ts';
import type { QuizRow } from './path.ts';

/** When the pause after the last attempt is over; null where there is nothing to wait for. */
export function nextAttemptAt(before: readonly Pick<Attempt, 'closed_at'>[], pauseMinutes: number): Date | null {
  const last = before.at(-1)?.closed_at;
  return last && pauseMinutes > 0 ? new Date(last.getTime() + pauseMinutes * 60_000) : null;
}

/** What lies ahead after these attempts: when the next may start, and how many are left. */
export function whatIsLeft(quiz: Pick<QuizRow, 'attempts' | 'pause_minutes' | 'history'>, now = clock.now()): { passed: boolean; attemptsLeft: number; nextAttemptAt: Date | null } {
  const passed = quiz.history.some((attempt) => attempt.passed === true);
  const attemptsLeft = Math.max(0, quiz.attempts - quiz.history.length);
  const opens = nextAttemptAt(quiz.history, quiz.pause_minutes);
  return { passed, attemptsLeft, nextAttemptAt: !passed && attemptsLeft > 0 && opens && opens > now ? opens : null };
}
