import type { z } from 'zod';
import type { AttemptResult, AttemptView, CompletionExplained } from '../contract/learning.ts';
import { clock } from '../gateways/clock.ts';
import { whatIsLeft } from './attempts-left.ts';
import type { LessonRow } from './path.ts';
import { needOf, passText, presentCourse } from './present.ts';
import type { BankQuestion } from './question-bank.ts';
import type { ReadAttempt } from './read-attempt.ts';

/** Seconds that are left by the server's clock, never below 0. */
export const secondsUntil = (due: Date): number => Math.max(0, Math.ceil((due.getTime() - clock.now().getTime()) / 1000));

/** The questions in the order drawn, their options in the order drawn. A question that has gone from the bank is left out. */
function drawnQuestions({ attempt, bank }: ReadAttempt): { number: number; question: BankQuestion; options: BankQuestion['options'] }[] {
  return attempt.drawn.flatMap(({ questionId, options }, index) => {
    const question = bank.get(questionId);
    if (!question) return [];
    return [{ number: index + 1, question, options: options.flatMap((key) => question.options.filter((option) => option.key === key)) }];
  });
}

/** A test while it runs: nothing here tells which option is right. */
export function presentAttempt(read: ReadAttempt): z.input<typeof AttemptView> {
  const { attempt, path, quiz, answers } = read;
  return {
    id: attempt.id, enrolmentId: path.id, number: attempt.number,
    course: presentCourse(path),
    quiz: { key: quiz.key, title: quiz.title, pass: passText(quiz), need: needOf(quiz, attempt.total) },
    startedAt: attempt.started_at, dueAt: attempt.due_at, closedAt: attempt.closed_at,
    serverTime: clock.now(),
    remainingSeconds: attempt.closed_at ? 0 : secondsUntil(attempt.due_at),
    total: attempt.total,
    questions: drawnQuestions(read).map(({ number, question, options }) => ({
      id: question.id, number, text: question.text, options: options.map(({ key, text }) => ({ key, text })), answer: answers.get(question.id) ?? null,
    })),
  };
}

/** A closed test: what was right, why, and where to read it again. */
export function presentResult(read: ReadAttempt, lessons: LessonRow[], completion: CompletionExplained): z.input<typeof AttemptResult> {
  const { attempt, path, quiz, answers } = read;
  const { attemptsLeft, nextAttemptAt } = whatIsLeft(quiz);
  const titles = new Map(lessons.map(({ key, title }) => [key, title]));
  return {
    id: attempt.id, enrolmentId: path.id, number: attempt.number,
    course: presentCourse(path),
    quiz: { key: quiz.key, title: quiz.title, pass: passText(quiz), need: needOf(quiz, attempt.total) },
    closedAt: attempt.closed_at ?? clock.now(),
    closedBy: attempt.closed_by ?? 'submitted',
    score: attempt.score ?? 0,
    total: attempt.total,
    passed: attempt.passed ?? false,
    status: path.status,
    attemptsLeft,
    nextAttemptAt,
    questions: drawnQuestions(read).map(({ number, question, options }) => {
      const answer = answers.get(question.id) ?? null;
      const title = titles.get(question.lesson_key);
      return {
        id: question.id, number, text: question.text, options: options.map(({ key, text, correct }) => ({ key, text, correct })), answer, right: options.some(({ key, correct }) => correct && key === answer),
        explanation: question.explanation, source: question.source, lesson: title === undefined ? null : { key: question.lesson_key, title },
      };
    }),
    completion,
  };
}
