import { audit } from '../accounts/audit.ts';
import { loadModerated } from '../community/load-network.ts';
import type { NewWebinar } from '../contract/webinars.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { mayFollowEdition } from '../learning/policy.ts';
import { lockEdition } from '../learning/seats.ts';
import { planWebinar } from './breaks.ts';
import { seatAllEnrolled } from './follow-enrolments.ts';
import { maySchedule } from './policy.ts';
import { weeksLater } from './rome-time.ts';
import { checkSeats, checkStaff, mistake, readTimes, setStaff } from './schedule-facts.ts';
import type { Webinar } from './webinar.ts';

/**
 * Schedules a webinar, or one a week at the same hour of Rome. Sent twice, it is one. @returns their numbers.
 * @throws AppError 403, 404 where the place is not hers; 409 `edition-cancelled`, `edition-over`, `network-archived`; 422 with every mistake.
 */
export async function scheduleWebinars(actor: Actor, input: NewWebinar): Promise<number[]> {
  return transaction(async (tx) => {
    const networkId = await requirePlace(tx, actor, input);
    const sent = (await tx('webinars').where({ organiser_id: actor.id, client_id: input.clientId }).orderBy('series_place').pluck('number')) as number[];
    if (sent.length > 0) return sent;
    const times = Array.from({ length: input.weeks }, (_, week) => readTimes({ ...input, day: weeksLater(input.day, week) }));
    const [first] = times;
    const mistakes = [
      ...times.flatMap((time) => (Array.isArray(time) ? time : [])).slice(0, 2),
      ...(first && !Array.isArray(first) && first.startsAt <= clock.now() ? [mistake('day', 'webinar-in-the-past')] : []),
      ...checkSeats(input, input.editionId !== null, 0),
      ...checkQuestions(input),
      ...(await checkStaff(tx, actor, input.staff)),
      ...(await checkLesson(tx, input)),
    ];
    if (mistakes.length > 0) throw invalid(mistakes);
    const { rows: [{ series } = { series: null }] } = await tx.raw<{ rows: { series: string | null }[] }>('select uuidv7() as series');
    const numbers: number[] = [];
    for (const [place, time] of times.entries()) {
      if (Array.isArray(time)) continue;
      const now = clock.now();
      const [webinar] = (await tx('webinars').insert({
        kind: input.kind, title: input.title, summary: input.summary, starts_at: time.startsAt, ends_at: time.endsAt, scheduled_at: now, created_at: now, capacity: input.capacity, seats_per_member: input.seatsPerMember,
        threshold_percent: input.thresholdPercent, recorded: input.recorded, edition_id: input.editionId, lesson_key: input.lessonKey, network_id: networkId, organiser_id: actor.id, questions: JSON.stringify(input.questions),
        series_id: input.weeks > 1 ? series : null, client_id: input.clientId, series_place: place + 1,
      }).returning('*')) as Webinar[];
      if (!webinar) throw conflict();
      await setStaff(tx, webinar, input.staff);
      await planWebinar(tx, webinar);
      await seatAllEnrolled(tx, webinar);
      await record(tx, 'webinar.staffed', { webinarId: webinar.id });
      await audit(tx, actor, 'webinar.schedule', 'webinar', webinar.id, { details: { number: webinar.number, title: webinar.title, startsAt: webinar.starts_at } });
      numbers.push(webinar.number);
    }
    return numbers;
  });
}

/** @returns the network's id, if it is of one. An edition stays locked: who enrols in it meanwhile comes after. */
async function requirePlace(tx: Tx, actor: Actor, { editionId, network }: NewWebinar): Promise<string | null> {
  if (editionId !== null && network !== null) throw invalid([mistake('network', 'webinar-two-places')]);
  if (network !== null) {
    const found = await loadModerated(actor, network);
    if (found.network.archived_at) throw conflict('network-archived');
    return found.network.id;
  }
  if (editionId === null) {
    if (!maySchedule(actor)) throw forbidden();
    return null;
  }
  const edition = await lockEdition(tx, editionId);
  const trainers = (await tx('edition_trainers').where('edition_id', editionId).pluck('person_id')) as string[];
  if (!edition?.published_at || !mayFollowEdition(actor, edition, trainers)) throw notFound();
  if (edition.cancelled_at) throw conflict('edition-cancelled');
  if (edition.ends_on < romeDay()) throw conflict('edition-over');
  return null;
}

function checkQuestions({ editionId, questions }: NewWebinar): FieldError[] {
  if (editionId !== null && questions.length > 0) return [mistake('questions', 'webinar-seats-of-edition')];
  return new Set(questions.map(({ key }) => key)).size < questions.length ? [mistake('questions', 'question-twice')] : [];
}

async function checkLesson(tx: Tx, { editionId, lessonKey }: NewWebinar): Promise<FieldError[]> {
  if (lessonKey === null) return [];
  const lesson = editionId === null ? undefined : ((await tx('editions as e').join('lessons as l', 'l.version_id', 'e.version_id').where({ 'e.id': editionId, 'l.key': lessonKey }).first('l.id')) as object | undefined);
  return lesson ? [] : [mistake('lessonKey', 'lesson-unknown')];
}
