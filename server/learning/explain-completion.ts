import { type CompletionRule, parseFraction, reaches } from '../contract/completion.ts';
import type { CompletionExplained, CompletionPart } from '../contract/learning.ts';
import { whatIsLeft } from './attempts-left.ts';
import type { LessonRow, QuizRow } from './path.ts';

/** What a rule is judged by. */
export interface CompletionFacts {
  enrolmentId: string;
  lessons: Pick<LessonRow, 'key' | 'title' | 'done'>[];
  quizzes: Pick<QuizRow, 'key' | 'title' | 'draw' | 'pass_numerator' | 'pass_denominator' | 'attempts' | 'pause_minutes' | 'history'>[];
  /** Minutes attended and planned of the live lessons. */
  attendance: { have: number; planned: number };
  now: Date;
}

/** How many right answers pass a test of so many questions. */
export function rightAnswersNeeded([numerator, denominator]: [number, number], total: number): number {
  return Math.ceil((numerator * total) / denominator);
}

/** Judges a rule and says, part by part, what is there and what is missing, with the link that helps. Pure. */
export function explainCompletion(rule: CompletionRule, facts: CompletionFacts): CompletionExplained {
  const parts: CompletionPart[] = [];
  const fulfilled = judge(rule, facts, false, parts);
  return { fulfilled, parts };
}

function judge(rule: CompletionRule, facts: CompletionFacts, alternative: boolean, parts: CompletionPart[]): boolean {
  // Every part is judged, also when the outcome is already certain: the person sees them all
  if ('all' in rule) return rule.all.map((part) => judge(part, facts, alternative, parts)).every(Boolean);
  if ('any' in rule) return rule.any.map((part) => judge(part, facts, rule.any.length > 1, parts)).some(Boolean);
  const part = { ...leaf(rule, facts), alternative };
  parts.push(part);
  return part.fulfilled;
}

type Leaf = Exclude<CompletionRule, { all: CompletionRule[] } | { any: CompletionRule[] }>;

function leaf(rule: Leaf, facts: CompletionFacts): Omit<CompletionPart, 'alternative'> {
  const base = `/percorso/${facts.enrolmentId}`;
  if ('lessons' in rule) {
    const { lessons } = rule;
    const wanted = lessons === 'all' ? facts.lessons : facts.lessons.filter(({ key }) => lessons.includes(key));
    const missing = wanted.filter(({ done }) => !done).map(({ key, title }) => ({ title, link: `${base}/lezioni/${key}` }));
    return { kind: 'lessons', fulfilled: missing.length === 0, have: wanted.length - missing.length, need: wanted.length, title: null, link: missing[0]?.link ?? null, missing, attempts: null };
  }
  if ('quiz' in rule) {
    const quiz = facts.quizzes.find(({ key }) => key === rule.quiz);
    // The linter lets no rule name a quiz that is not there; if it happens, nobody completes by mistake
    if (!quiz) return { kind: 'quiz', fulfilled: false, have: 0, need: 1, title: rule.quiz, link: base, missing: [], attempts: null };
    const { passed, attemptsLeft, nextAttemptAt } = whatIsLeft(quiz, facts.now);
    const best = Math.max(0, ...quiz.history.map(({ score }) => score ?? 0));
    const link = `${base}/prova/${quiz.key}`;
    const running = quiz.history.some(({ closed_at }) => closed_at === null);
    // There is nothing to do there during the pause, nor once the attempts are used up
    const useful = running || (!passed && attemptsLeft > 0 && nextAttemptAt === null);
    return {
      kind: 'quiz', fulfilled: passed, have: best, need: rightAnswersNeeded([quiz.pass_numerator, quiz.pass_denominator], quiz.draw), title: quiz.title, link: useful ? link : null,
      missing: passed ? [] : [{ title: quiz.title, link }],
      attempts: { made: quiz.history.filter(({ closed_at }) => closed_at !== null).length, left: attemptsLeft, nextAt: nextAttemptAt?.toISOString() ?? null },
    };
  }
  const fraction = parseFraction(rule.attendance);
  const { have, planned } = facts.attendance;
  return { kind: 'attendance', fulfilled: planned > 0 && reaches(fraction, have, planned), have, need: rightAnswersNeeded(fraction, planned), title: null, link: base, missing: [], attempts: null };
}
