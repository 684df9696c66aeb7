import type { z } from 'zod';
import type { EnrolmentHome, EnrolmentSummary } from '../contract/learning.ts';
import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { explainPath } from './evaluate-completion.ts';
import { type EnrolmentPath, findOwnPath, lessonsOf, listOwnPaths, quizzesOf } from './path.ts';
import { presentEnrolment, presentHome, type Standing } from './present.ts';

/** One's own enrolment. @throws AppError 404 where it is not. */
export async function findOwn(actor: Actor, enrolmentId: string): Promise<EnrolmentPath> {
  const path = await findOwnPath(actor.id, enrolmentId);
  if (!path) throw notFound();
  return path;
}

/** Everything that the home of an enrolment shows. */
export async function readHome(actor: Actor, enrolmentId: string): Promise<z.input<typeof EnrolmentHome>> {
  const path = await findOwn(actor, enrolmentId);
  const [lessons, quizzes, standing] = await Promise.all([lessonsOf(database(), path), quizzesOf(database(), path), standingOf(path)]);
  return presentHome(path, { lessons, quizzes, standing, completion: await explainPath(database(), path, { lessons, quizzes }) });
}

export async function readSummary(actor: Actor, enrolmentId: string): Promise<z.input<typeof EnrolmentSummary>> {
  return summarise(await findOwn(actor, enrolmentId));
}

export async function listOwn(actor: Actor): Promise<z.input<typeof EnrolmentSummary>[]> {
  return Promise.all((await listOwnPaths(actor.id)).map(summarise));
}

const summarise = async (path: EnrolmentPath) => presentEnrolment(path, await lessonsOf(database(), path), await standingOf(path));

/** Place in the queue while waiting; the test that is running; why, when it was refused or given up. */
async function standingOf(path: EnrolmentPath): Promise<Standing> {
  const standing: Standing = { waitingPosition: null, reason: null, openQuiz: null };
  switch (path.status) {
    case 'waiting': {
      const { rows } = await database().raw<{ rows: { position: number }[] }>(
        "select count(*)::int as position from enrolments x join enrolments me on me.id = ? where x.edition_id = me.edition_id and x.status = 'waiting' and (x.requested_at, x.id) <= (me.requested_at, me.id)",
        [path.id],
      );
      return { ...standing, waitingPosition: rows[0]?.position ?? null };
    }
    case 'active': {
      const running = (await database()('attempts as a').join('quizzes as q', 'q.id', 'a.quiz_id').where('a.enrolment_id', path.id).whereNull('a.closed_at').first('q.key')) as { key: string } | undefined;
      return { ...standing, openQuiz: running?.key ?? null };
    }
    case 'refused':
    case 'withdrawn': {
      const change = (await database()('enrolment_changes').where({ enrolment_id: path.id, to_status: path.status }).orderBy('id', 'desc').first('reason')) as { reason: string | null } | undefined;
      return { ...standing, reason: change?.reason ?? null };
    }
    default:
      return standing;
  }
}
