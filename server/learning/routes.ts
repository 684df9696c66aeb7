import { z } from 'zod';
import { Empty, Id } from '../contract/common.ts';
import { Key } from '../contract/completion.ts';
import {
  AnswerRequest, AnswerSaved, AttemptRequest, AttemptResult, AttemptView, ColleaguesOutcome, ColleaguesRequest, CompletionExplained, DecisionRequest, EnrolmentHome, EnrolmentRequest, EnrolmentSummary, LessonDone, LessonView,
  OutcomePage, OutcomeQuery, OwnEnrolments, ProgressRequest, WithdrawalRequest,
} from '../contract/learning.ts';
import { database } from '../database/connection.ts';
import { coordinators, signedIn, trainers } from '../http/access.ts';
import type { Actor } from '../http/actor.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { Reply, routesOf } from '../http/route.ts';
import { submitAttempt } from './close-attempt.ts';
import { completeLesson } from './complete-lesson.ts';
import { decideEnrolment } from './decide-enrolment.ts';
import { enrolColleagues } from './enrol-colleagues.ts';
import { enrol } from './enrol-person.ts';
import type { EnrolmentStatus } from '../contract/learning.ts';
import { explainPath } from './evaluate-completion.ts';
import { listEditionOutcomes, listOutcomes, type OutcomeFilter, type OutcomeRow, presentOutcome } from './list-outcomes.ts';
import './messages.ts';
import { openLesson, savePosition } from './open-lesson.ts';
import { lessonsOf } from './path.ts';
import { presentAttempt, presentResult, secondsUntil } from './present-attempt.ts';
import { presentLesson } from './present.ts';
import { readAttempt, readClosedAttempt } from './read-attempt.ts';
import { findOwn, listOwn, readHome, readSummary } from './read-enrolment.ts';
import { saveAnswer } from './save-answer.ts';
import { startAttempt } from './start-attempt.ts';
import { withdrawEnrolment } from './withdraw-enrolment.ts';

const { route, routes } = routesOf('learning');
const byId = z.object({ id: Id });
const byLesson = z.object({ id: Id, key: Key });

route({
  method: 'put', path: '/editions/:id/enrolment', summary: 'Enrol in an edition', access: signedIn, params: byId, body: EnrolmentRequest, response: EnrolmentSummary, limit: { points: 60, seconds: 60 },
  async handle({ actor, params, body }) {
    return readSummary(actor, await enrol(actor, { editionId: params.id, motivation: body.motivation }));
  },
});

route({
  method: 'post', path: '/editions/:id/enrolments', summary: 'Enrol colleagues of my bodies', access: coordinators, params: byId, body: ColleaguesRequest, response: ColleaguesOutcome,
  async handle({ actor, params, body }) {
    const outcomes = await enrolColleagues(actor, { editionId: params.id, personIds: body.personIds });
    const rows = (await database()('enrolments').whereIn('id', outcomes.flatMap(({ enrolmentId }) => enrolmentId ?? [])).select('id', 'status')) as { id: string; status: EnrolmentStatus }[];
    const statusOf = new Map(rows.map(({ id, status }) => [id, status]));
    return { items: outcomes.map(({ personId, enrolmentId, code }) => ({ personId, status: (enrolmentId && statusOf.get(enrolmentId)) || null, code })) };
  },
});

const presentPage = (rows: OutcomeRow[], limit: number, decides: Actor | null) => {
  const { items, next } = toPage(rows, limit, (last) => [last.requested_key, last.id]);
  return { items: items.map((row) => presentOutcome(row, decides)), next };
};
/** PostgreSQL's own writing of a moment, microseconds and all. */
const MomentKey = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/);
const filterOf = ({ status, cursor, limit }: z.output<typeof OutcomeQuery>): OutcomeFilter => {
  const [requestedAt, id] = cursor ? decodeCursor(cursor, z.tuple([MomentKey, Id])) : [];
  return { status, limit, after: requestedAt && id ? { requestedAt, id } : undefined };
};

route({
  method: 'get', path: '/editions/:id/enrolments', summary: 'Outcomes of an edition, for who trains in it', access: trainers, params: byId, query: OutcomeQuery, response: OutcomePage,
  handle: async ({ actor, params, query }) => presentPage(await listEditionOutcomes(actor, params.id, filterOf(query)), query.limit, null),
});

route({
  method: 'get', path: '/enrolments', summary: 'My enrolments', access: signedIn, response: OwnEnrolments,
  handle: async ({ actor }) => ({ items: await listOwn(actor) }),
});

route({
  method: 'get', path: '/enrolments/outcomes', summary: 'Outcomes of the people of my bodies', access: coordinators, query: OutcomeQuery, response: OutcomePage,
  handle: async ({ actor, query }) => presentPage(await listOutcomes(actor, filterOf(query)), query.limit, actor),
});

route({
  method: 'get', path: '/enrolments/:id', summary: 'The home of my enrolment', access: signedIn, params: byId, response: EnrolmentHome,
  handle: ({ actor, params }) => readHome(actor, params.id),
});

route({
  method: 'put', path: '/enrolments/:id/decision', summary: 'Approve or refuse a request of my people', access: coordinators, params: byId, body: DecisionRequest, response: Empty,
  async handle({ actor, params, body }) {
    await decideEnrolment(actor, params.id, body);
    return {};
  },
});

route({
  method: 'put', path: '/enrolments/:id/withdrawal', summary: 'Give my place up', access: signedIn, params: byId, body: WithdrawalRequest, response: EnrolmentSummary,
  async handle({ actor, params, body }) {
    await withdrawEnrolment(actor, params.id, body.reason);
    return readSummary(actor, params.id);
  },
});

route({
  method: 'get', path: '/enrolments/:id/completion', summary: 'Why am I not done?', access: signedIn, params: byId, response: CompletionExplained,
  handle: async ({ actor, params }) => explainPath(database(), await findOwn(actor, params.id)),
});

route({
  method: 'get', path: '/enrolments/:id/lessons/:key', summary: 'A lesson', access: signedIn, params: byLesson, response: LessonView,
  handle: async ({ actor, params }) => presentLesson(await openLesson(actor, params.id, params.key)),
});

route({
  method: 'put', path: '/enrolments/:id/lessons/:key/progress', summary: 'Where I left a video', access: signedIn, params: byLesson, body: ProgressRequest, response: Empty,
  async handle({ actor, params, body }) {
    await savePosition(actor, params.id, params.key, body.positionSeconds);
    return {};
  },
});

route({
  method: 'put', path: '/enrolments/:id/lessons/:key/completion', summary: 'Mark a lesson as done', access: signedIn, params: byLesson, response: LessonDone,
  handle: ({ actor, params }) => completeLesson(actor, params.id, params.key),
});

route({
  method: 'post', path: '/enrolments/:id/attempts', summary: 'Start a test, or return to the running one', access: signedIn, params: byId, body: AttemptRequest, response: AttemptView, status: 201, limit: { points: 30, seconds: 60 },
  handle: async ({ actor, params, body }) => presentAttempt(await readAttempt(actor, await startAttempt(actor, params.id, body.quizKey))),
});

route({
  method: 'get', path: '/attempts/:id', summary: 'A running test', access: signedIn, params: byId, response: AttemptView,
  handle: async ({ actor, params }) => presentAttempt(await readAttempt(actor, params.id)),
});

route({
  method: 'put', path: '/attempts/:id/answers/:questionId', summary: 'Keep an answer', access: signedIn, params: z.object({ id: Id, questionId: Id }), body: AnswerRequest, response: AnswerSaved,
  async handle({ actor, params, body }) {
    const { answered, total, dueAt } = await saveAnswer(actor, params.id, params.questionId, body.option);
    return { answered, total, remainingSeconds: secondsUntil(dueAt) };
  },
});

async function resultOf(actor: Actor, attemptId: string): Promise<z.input<typeof AttemptResult>> {
  const read = await readClosedAttempt(actor, attemptId);
  const lessons = await lessonsOf(database(), read.path);
  return presentResult(read, lessons, await explainPath(database(), read.path, { lessons, quizzes: read.quizzes }));
}

route({
  method: 'put', path: '/attempts/:id/closure', summary: 'Hand a test in', access: signedIn, params: byId, response: AttemptResult,
  async handle({ actor, params }) {
    await submitAttempt(actor, params.id);
    return new Reply(200, await resultOf(actor, params.id));
  },
});

route({
  method: 'get', path: '/attempts/:id/result', summary: 'The result of a test, once it is closed', access: signedIn, params: byId, response: AttemptResult,
  handle: ({ actor, params }) => resultOf(actor, params.id),
});

export const learningRoutes = routes;
