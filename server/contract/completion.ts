import { z } from 'zod';

/** The stable id of a course, module, lesson, quiz or question: progress hangs on it. */
export const Key = keyOr('bad-key');

/** A key whose lack has its own words. */
export function keyOr(error: string) {
  return z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error }).max(60);
}

/** A fraction as people write it, greater than 0 and at most 1: `2/3`. */
export const Fraction = z.string().regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, { error: 'bad-fraction' }).refine((text) => {
  const [numerator, denominator] = parseFraction(text);
  return numerator <= denominator;
}, { error: 'fraction-above-one' });

/** `2/3` → `[2, 3]`. The text has passed `Fraction`. */
export function parseFraction(text: string): [numerator: number, denominator: number] {
  const [numerator, denominator] = text.split('/').map(Number);
  return [numerator ?? Number.NaN, denominator ?? Number.NaN];
}

/** Whether `value` of `total` is at least the fraction, in whole numbers: 30 of 45 reaches 2/3, 29 does not. */
export function reaches([numerator, denominator]: [number, number], value: number, total: number): boolean {
  return value * denominator >= numerator * total;
}

/** These lessons are done; `all` are those of the whole version. */
const LessonsRule = z.strictObject({ lessons: z.union([z.literal('all'), z.array(Key).min(1).max(500)]) });
/** This quiz is passed, with the fraction written in the quiz itself. */
const QuizRule = z.strictObject({ quiz: Key });
/** At least this fraction of the planned minutes of the live lessons was attended. */
const AttendanceRule = z.strictObject({ attendance: Fraction });

export type CompletionRule =
  | { all: CompletionRule[] }
  | { any: CompletionRule[] }
  | z.output<typeof LessonsRule>
  | z.output<typeof QuizRule>
  | z.output<typeof AttendanceRule>;

const Rules: z.ZodType<CompletionRule[]> = z.lazy(() => z.array(Rule).min(1).max(20)).meta({ id: 'CompletionRules' });
const AllRule = z.strictObject({ all: Rules }).meta({ id: 'CompletionAll' });
const AnyRule = z.strictObject({ any: Rules }).meta({ id: 'CompletionAny' });
const Rule: z.ZodType<CompletionRule> = z.union([AllRule, AnyRule, LessonsRule, QuizRule, AttendanceRule], { error: 'bad-completion' }).meta({ id: 'CompletionRule' });

/** When a course is done, as data: `all` or `any` of lessons, quizzes, attendance, and of further groups. */
export const Completion = z.union([AllRule, AnyRule], { error: 'bad-completion' });
export type Completion = z.output<typeof Completion>;

/** The leaves of a rule, in their order. */
export function leavesOf(rule: CompletionRule): Exclude<CompletionRule, { all: CompletionRule[] } | { any: CompletionRule[] }>[] {
  if ('all' in rule) return rule.all.flatMap(leavesOf);
  if ('any' in rule) return rule.any.flatMap(leavesOf);
  return [rule];
}
