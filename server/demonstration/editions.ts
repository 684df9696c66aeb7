import type { Tx } from '../database/transaction.ts';
import { daysAgo } from './people.ts';

export interface DemoCourse {
  id: string;
  key: string;
  area: string;
  versionId: string;
}

export interface DemoEdition {
  id: string;
  course: DemoCourse;
  /** Days ago on which it started and ended; negative: to come. */
  startedDaysAgo: number;
  endedDaysAgo: number;
  kind: 'past' | 'running' | 'open';
}

const day = (ago: number) => daysAgo(ago).toISOString().slice(0, 10);

/** Three past editions of each course, one running, one open to enrolment: the seats are those of the programme. */
const CALENDAR: { start: number; end: number; enrolFrom: number; enrolUntil: number; kind: DemoEdition['kind']; approval: 'automatic' | 'coordinator' }[] = [
  { start: 330, end: 245, enrolFrom: 360, enrolUntil: 320, kind: 'past', approval: 'automatic' },
  { start: 235, end: 150, enrolFrom: 265, enrolUntil: 225, kind: 'past', approval: 'automatic' },
  { start: 140, end: 62, enrolFrom: 170, enrolUntil: 130, kind: 'past', approval: 'coordinator' },
  { start: 45, end: -60, enrolFrom: 75, enrolUntil: -20, kind: 'running', approval: 'automatic' },
  { start: -21, end: -110, enrolFrom: 10, enrolUntil: -35, kind: 'open', approval: 'coordinator' },
];

const SEATS_PER_MEMBER: Record<string, number> = { appalti: 5, europa: 3, innovazione: 3, personale: 4 };

export async function seedEditions(tx: Tx, courses: DemoCourse[], trainerId: string): Promise<DemoEdition[]> {
  const editions: DemoEdition[] = [];
  for (const course of courses) {
    for (const [index, slot] of CALENDAR.entries()) {
      const starts = day(slot.start);
      const [row] = (await tx('editions')
        .insert({
          course_id: course.id, version_id: course.versionId, code: `${course.key}-${starts.slice(0, 4)}-${index + 1}`.toUpperCase(), starts_on: starts, ends_on: day(slot.end), enrol_from: day(slot.enrolFrom),
          enrol_until: day(slot.enrolUntil), modality: 'online', seats: null, seats_per_member: SEATS_PER_MEMBER[course.area] ?? 5, approval: slot.approval, published_at: daysAgo(slot.enrolFrom),
        })
        .returning('id')) as { id: string }[];
      if (!row) throw new Error('not inserted');
      editions.push({ id: row.id, course, startedDaysAgo: slot.start, endedDaysAgo: slot.end, kind: slot.kind });
    }
    if (course.area === 'appalti') await tx('roles').insert({ person_id: trainerId, role: 'trainer', scope: 'course', scope_id: course.id });
  }
  await tx('edition_trainers').insert(editions.filter(({ course }) => course.area === 'appalti').map(({ id }) => ({ edition_id: id, person_id: trainerId })));
  return editions;
}
