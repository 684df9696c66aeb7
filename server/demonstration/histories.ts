import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/transaction.ts';
import { enqueue } from '../jobs.ts';
import type { DemoEdition } from './editions.ts';
import { daysAgo, type DemoMember, type DemoPerson } from './people.ts';
import type { Random } from './random.ts';

interface Material {
  lessons: { id: string; minutes: number }[];
  quiz: { id: string; draw: number; num: number; den: number; minutes: number };
  questions: { id: string; options: { key: string; correct: boolean }[] }[];
}

type Row = Record<string, unknown>;

/** Rows by table, in an order that satisfies the foreign keys. */
class Rows {
  readonly byTable = new Map<string, Row[]>();
  add(table: string, row: Row): void {
    const rows = this.byTable.get(table);
    if (rows) rows.push(row);
    else this.byTable.set(table, [row]);
  }

  async insert(tx: Tx): Promise<void> {
    for (const table of ['enrolments', 'enrolment_changes', 'lesson_progress', 'attempts', 'attempt_answers', 'completions', 'hours_entries']) {
      await tx.batchInsert(table, this.byTable.get(table) ?? [], 1000);
    }
  }
}

/**
 * Plausible histories of the learners: who enrolled where, how far they came, how the test went. What a worker makes of a completion
 * (certificate, mail, statistics) is left to the workers, by the same job as in real life.
 */
export async function seedHistories(tx: Tx, random: Random, people: DemoPerson[], members: DemoMember[], editions: DemoEdition[]): Promise<void> {
  const material = new Map<string, Material>();
  for (const { course } of editions) if (!material.has(course.id)) material.set(course.id, await materialOf(tx, course.versionId));
  const rows = new Rows();
  const completed: { enrolmentId: string; issuedAt: Date }[] = [];
  // Some Provinces are keener than others, and the second phase began later
  const zeals = new Map(members.map(({ id, phase }, index) => [id, (phase === 2 ? 350 : 640) + ((index * 7) % 30) * 10]));
  const courses = [...material.keys()];
  const invited = sampleOf(people, editions);
  for (const person of people) {
    if (person.memberId === null) continue;
    const zeal = zeals.get(person.memberId) ?? 500;
    const wanted = random.shuffled(courses).slice(0, random.int(1, 2));
    for (const courseId of wanted) {
      const candidates = editions.filter(({ course, kind }) => course.id === courseId && kind !== 'open');
      const edition = random.pick(candidates);
      const facts = material.get(courseId);
      if (!facts || person.email.startsWith('paolo.zanetti@')) continue;
      // One edition of a course for each person: this one comes below
      if (person === invited?.person && courseId === invited.edition.course.id) continue;
      const done = history(rows, random, person, edition, facts, zeal);
      if (done) completed.push(done);
    }
  }
  const facts = invited && material.get(invited.edition.course.id);
  if (invited && facts) almostDone(rows, invited.person, invited.edition, facts);
  await rows.insert(tx);
  for (const { enrolmentId, issuedAt } of completed) await enqueue(tx, 'issue-certificate', { enrolmentId, issuedAt: issuedAt.toISOString() });
}

function history(rows: Rows, random: Random, person: DemoPerson, edition: DemoEdition, facts: Material, zeal: number): { enrolmentId: string; issuedAt: Date } | undefined {
  const length = edition.startedDaysAgo - Math.max(edition.endedDaysAgo, 1);
  const enrolled = edition.startedDaysAgo - random.int(-12, Math.min(10, length - 10));
  const finishes = edition.kind === 'past' ? random.chance(zeal) : random.chance(Math.floor(zeal / 3));
  const withdraws = !finishes && random.chance(180);
  const lessons = finishes ? facts.lessons.length : random.int(0, facts.lessons.length - 1);
  const begun = Math.min(enrolled, edition.startedDaysAgo);
  // Nothing is learnt after the last day of the edition, nor after one has left it
  const last = Math.max(edition.endedDaysAgo, 2);
  const ended = finishes ? last + random.int(0, Math.max(1, Math.floor(length / 2))) : withdraws ? Math.max(begun - 20, last) : null;
  const id = enrol(rows, person, edition, enrolled, finishes ? 'completed' : withdraws ? 'withdrawn' : 'active', ended);
  read(rows, id, person, edition, facts.lessons.slice(0, lessons), begun, ended ?? last);
  if (!finishes || ended === null) return undefined;
  const failsFirst = random.chance(220);
  if (failsFirst) attempt(rows, random, id, facts, 1, Math.min(ended + 3, begun - 1), false);
  const result = attempt(rows, random, id, facts, failsFirst ? 2 : 1, ended, true);
  const completedAt = daysAgo(ended);
  rows.add('completions', { enrolment_id: id, completed_at: completedAt, evidence: JSON.stringify({ lessons: facts.lessons.length, ...result }) });
  return { enrolmentId: id, issuedAt: completedAt };
}

/** The learner whom the start page invites to be, and her edition. */
function sampleOf(people: DemoPerson[], editions: DemoEdition[]): { person: DemoPerson; edition: DemoEdition } | undefined {
  const person = people.find(({ email }) => email.startsWith('chiara.serra@'));
  const edition = editions.find(({ kind, course }) => kind === 'running' && course.area === 'innovazione') ?? editions.find(({ kind }) => kind === 'running');
  return person && edition && { person, edition };
}

/** All lessons read but the last, the test still to take. */
function almostDone(rows: Rows, person: DemoPerson, edition: DemoEdition, facts: Material): void {
  const id = enrol(rows, person, edition, 30, 'active', null);
  read(rows, id, person, edition, facts.lessons.slice(0, -1), 28, 3);
}

function enrol(rows: Rows, person: DemoPerson, edition: DemoEdition, ago: number, status: string, endedAgo: number | null): string {
  const id = randomUUID();
  const at = daysAgo(ago);
  const ended = endedAgo === null ? null : daysAgo(endedAgo);
  rows.add('enrolments', {
    id, edition_id: edition.id, person_id: person.id, body_id: person.bodyId, member_id: person.memberId, status, requested_at: at, activated_at: at, completed_at: status === 'completed' ? ended : null, ended_at: ended,
  });
  rows.add('enrolment_changes', { enrolment_id: id, from_status: null, to_status: 'active', by_person_id: person.id, reason: null, at });
  if (status !== 'active') rows.add('enrolment_changes', { enrolment_id: id, from_status: 'active', to_status: status, by_person_id: status === 'withdrawn' ? person.id : null, reason: null, at: ended });
  return id;
}

function read(rows: Rows, enrolmentId: string, person: DemoPerson, edition: DemoEdition, lessons: Material['lessons'], fromAgo: number, toAgo: number): void {
  lessons.forEach((lesson, index) => {
    const ago = Math.max(toAgo, Math.round(fromAgo - ((index + 1) * Math.max(fromAgo - toAgo, 1)) / (lessons.length + 1)));
    const at = daysAgo(ago);
    rows.add('lesson_progress', { enrolment_id: enrolmentId, lesson_id: lesson.id, opened_at: at, done_at: at });
    rows.add('hours_entries', {
      person_id: person.id, body_id: person.bodyId, member_id: person.memberId, area_code: edition.course.area, enrolment_id: enrolmentId, modality: 'online', minutes: lesson.minutes, day: at.toISOString().slice(0, 10),
      source: 'lesson', source_key: `lesson:${enrolmentId}:${lesson.id}`, recorded_at: at,
    });
  });
}

function attempt(rows: Rows, random: Random, enrolmentId: string, facts: Material, number: number, ago: number, passes: boolean): { score: number; total: number } {
  const id = randomUUID();
  const { draw, num, den } = facts.quiz;
  const need = Math.ceil((draw * num) / den);
  const score = passes ? random.int(need, draw) : random.int(Math.floor(need / 2), need - 1);
  const drawn = random.shuffled(facts.questions).slice(0, draw).map((question) => ({ question, options: random.shuffled(question.options.map(({ key }) => key)) }));
  const started = new Date(daysAgo(ago).getTime() - 25 * 60_000);
  rows.add('attempts', {
    id, enrolment_id: enrolmentId, quiz_id: facts.quiz.id, number, started_at: started, due_at: new Date(started.getTime() + facts.quiz.minutes * 60_000), closed_at: daysAgo(ago), closed_by: 'submitted', score, total: draw,
    passed: passes, drawn: JSON.stringify(drawn.map(({ question, options }) => ({ questionId: question.id, options }))),
  });
  drawn.forEach(({ question }, index) => {
    const option = question.options.find(({ correct }) => correct === index < score);
    if (option) rows.add('attempt_answers', { attempt_id: id, question_id: question.id, option_key: option.key, saved_at: started });
  });
  return { score, total: draw };
}

async function materialOf(tx: Tx, versionId: string): Promise<Material> {
  const lessons = (await tx('lessons').where('version_id', versionId).orderBy('position').select('id', 'minutes')) as Material['lessons'];
  const quiz = (await tx('quizzes').where('version_id', versionId).first('id', 'draw', 'pass_numerator as num', 'pass_denominator as den', 'minutes')) as Material['quiz'] | undefined;
  if (!quiz) throw new Error('The demonstration needs a course with a quiz');
  const questions = (await tx('questions').where('quiz_id', quiz.id).orderBy('key').select('id', 'options')) as Material['questions'];
  return { lessons, quiz, questions };
}
