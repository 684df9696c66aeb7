import type { QuizState } from '$contract/learning.ts';
import { m } from '$lib/paraglide/messages.js';
import { date, dateTime, minutes, time } from '$lib/ui/format.ts';

/** The rules of a test, a sentence each. */
export function quizRules({ draw, need, minutes: time, attempts, pauseMinutes }: QuizState): string[] {
	return [
		m.learning_quiz_draw({ count: draw }),
		m.learning_quiz_need({ count: need, total: draw }),
		m.learning_quiz_time({ time: minutes(time) }),
		pauseMinutes > 0 && attempts > 1 ? m.learning_quiz_attempts_pause({ count: attempts, pause: minutes(pauseMinutes) }) : m.learning_quiz_attempts({ count: attempts })
	];
}

/** When the pause before the next attempt ends: today the hour is enough. */
export const againFrom = (moment: string): string => (date(moment) === date(Date.now()) ? m.learning_quiz_pause_today({ time: time(moment) }) : m.learning_quiz_pause({ when: dateTime(moment) }));

/** Where a person stands with a test. */
export function quizStanding(quiz: QuizState): string {
	if (quiz.passed) return m.learning_quiz_passed();
	if (quiz.openAttemptId) return m.learning_quiz_open();
	const left = quiz.attempts - quiz.attemptsUsed;
	if (left <= 0) return m.learning_quiz_no_attempts();
	if (quiz.nextAttemptAt) return againFrom(quiz.nextAttemptAt);
	return quiz.attemptsUsed === 0 ? m.learning_quiz_fresh({ count: left }) : m.learning_quiz_left({ count: left });
}
