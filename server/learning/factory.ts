import type { BuiltPerson } from '../accounts/factory.ts';
import { aPerson } from '../accounts/factory.ts';
import type { EnrolmentStatus } from '../contract/learning.ts';
import { anEdition, type BuiltEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import type { TestClient } from '../testing/app.ts';
import { attributionOf } from '../territory/attribution.ts';

export interface BuiltEnrolment {
  id: string;
  person: BuiltPerson;
  edition: BuiltEdition;
}

/** An active enrolment of a new person in a new edition unless told. No event is recorded: what a test wants to follow it does over HTTP. */
export async function anEnrolment(overrides: { person?: BuiltPerson; edition?: BuiltEdition; status?: EnrolmentStatus; requested_at?: Date } = {}): Promise<BuiltEnrolment> {
  const person = overrides.person ?? (await aPerson());
  const edition = overrides.edition ?? (await anEdition());
  const status = overrides.status ?? 'active';
  if (person.body_id === null) throw new Error('A person without a body cannot enrol');
  const [row] = (await database()('enrolments')
    .insert({
      edition_id: edition.id, person_id: person.id, body_id: person.body_id, member_id: await attributionOf(database(), person.body_id), status, requested_at: overrides.requested_at ?? new Date(),
      activated_at: status === 'active' || status === 'completed' ? new Date() : null,
    })
    .returning('id')) as { id: string }[];
  if (!row) throw new Error('not inserted');
  await database()('enrolment_changes').insert({ enrolment_id: row.id, to_status: status, by_person_id: person.id });
  return { id: row.id, person, edition };
}

/** Marks every lesson as done, as the person would. */
export async function completeLessons(client: TestClient, enrolment: { id: string }): Promise<void> {
  const { body } = await client.get<{ modules: { lessons: { key: string }[] }[] }>(`enrolments/${enrolment.id}`);
  for (const { key } of body.modules.flatMap(({ lessons }) => lessons)) {
    const reply = await client.put(`enrolments/${enrolment.id}/lessons/${key}/completion`);
    if (reply.status !== 200) throw new Error(`lesson ${key}: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
}

/** Takes the test, answering so many questions right (all unless told) and the others wrong. The right option is read from the database. */
export async function takeTest(client: TestClient, enrolment: { id: string }, right = Number.POSITIVE_INFINITY): Promise<{ attemptId: string; passed: boolean }> {
  const started = await client.post<{ id: string; questions: { id: string; options: { key: string }[] }[] }>(`enrolments/${enrolment.id}/attempts`, { quizKey: 'prova-finale' });
  if (started.status !== 201) throw new Error(`attempt: ${started.status} ${JSON.stringify(started.body)}`);
  const { id, questions } = started.body;
  const rows = (await database()('questions').whereIn('id', questions.map((question) => question.id)).select('id', 'options')) as { id: string; options: { key: string; correct: boolean }[] }[];
  const options = new Map(rows.map((row) => [row.id, row.options]));
  for (const [index, question] of questions.entries()) {
    const option = options.get(question.id)?.find(({ correct }) => correct === index < right);
    const saved = await client.put(`attempts/${id}/answers/${question.id}`, { option: option?.key });
    if (saved.status !== 200) throw new Error(`answer: ${saved.status} ${JSON.stringify(saved.body)}`);
  }
  const closed = await client.put<{ passed: boolean }>(`attempts/${id}/closure`);
  return { attemptId: id, passed: closed.body.passed };
}
