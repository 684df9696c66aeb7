import type { z } from 'zod';
import type { LessonRecordings } from '../../contract/recording.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { STANDING, type WebinarStanding } from '../find-webinar.ts';
import { KNOWN, PLACES, webinarReachOf, webinarReachValues } from '../reach.ts';
import type { Webinar } from '../webinar.ts';
import { recordingFor } from './find-recording.ts';

const LIST = `select w.*, ${STANDING} from webinars w ${PLACES} join recordings r on r.webinar_id = w.id and r.state = 'ready'
  where ${KNOWN} and w.lesson_key = $8 and w.edition_id = (select e.edition_id from enrolments e where e.id = $7 and e.person_id = $1) order by w.starts_at limit 20`;

/** The recordings of the live meetings that stand for a lesson, as far as this person may see them: for who is enrolled they are part of the lesson. */
export async function listLessonRecordings(actor: Actor, enrolmentId: string, lessonKey: string): Promise<z.input<typeof LessonRecordings>> {
  const rows = await prepared<Webinar & WebinarStanding>('lesson-recordings', LIST, [...webinarReachValues(webinarReachOf(actor)), enrolmentId, lessonKey]);
  const found = await Promise.all(rows.map(({ manages, staff, seat, ...webinar }) => recordingFor(actor, webinar, { manages, staff, seat })));
  return { items: found.flatMap((one) => (one ? [{ number: one.webinar.number, title: one.webinar.title, startsAt: one.webinar.starts_at, duration: one.recording.duration_ms / 1000 }] : [])) };
}
