import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../server/accounts/factory.ts';
import { aCourse, anEdition, type BuiltEdition } from '../server/courses/factory.ts';
import { database } from '../server/database/connection.ts';
import { anEnrolment } from '../server/learning/factory.ts';
import { checkStatistics } from '../server/statistics/recount-statistics.ts';
import { aProvince } from '../server/territory/factory.ts';
import { startTestApp, type TestApp } from '../server/testing/app.ts';

const COMPLETIONS = 200;
const KILLS = 7;

/** A worker process as in production; it says when it is at work. */
function spawnWorker(databaseUrl: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: { ...process.env, NODE_ENV: 'test', PROCESS: 'worker', DATABASE_URL: databaseUrl, LOG_LEVEL: 'fatal', NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(`a worker killed ${KILLS} times during ${COMPLETIONS} completions`, () => {
  let app: TestApp;
  let edition: BuiltEdition;
  let worker: ChildProcess | undefined;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    edition = await anEdition({ course: await aCourse({ lessons: 1, lessonMinutes: 60, completion: { all: [{ lessons: 'all' }] } }) });
  });
  afterAll(async () => {
    worker?.kill('SIGKILL');
    await app.close();
  });

  const countOf = async (table: string, where: string): Promise<number> => (await database().raw<{ rows: { count: number }[] }>(`select count(*)::int as count from ${table} where ${where}`)).rows[0]?.count ?? -1;

  /** Kills the worker at a random instant while it works: once it has begun something new, a moment later. */
  async function killAtRandom(): Promise<void> {
    const before = await countOf('certificates', 'true');
    worker = spawnWorker(app.databaseUrl);
    const deadline = Date.now() + 30_000;
    while ((await countOf('certificates', 'true')) === before && Date.now() < deadline) await pause(5);
    await pause(Math.random() * 400);
    const gone = new Promise((resolve) => worker?.once('exit', resolve));
    worker.kill('SIGKILL');
    await gone;
  }

  it('loses nothing and does nothing twice', async () => {
    const provinces = [await aProvince('Treviso'), await aProvince('Nuoro'), await aProvince('Siena')];
    const people = await Promise.all(Array.from({ length: COMPLETIONS }, (_, i) => aPerson({ body: provinces[i % 3] ?? null })));
    const enrolments = await Promise.all(people.map((person) => anEnrolment({ person, edition })));

    let completing = 0;
    const complete = async () => {
      for (let i = completing++; i < COMPLETIONS; i = completing++) {
        const [person, enrolment] = [people[i], enrolments[i]];
        if (!person || !enrolment) return;
        const reply = await (await app.as(person)).put(`enrolments/${enrolment.id}/lessons/lezione-1/completion`);
        expect(reply.body).toMatchObject({ status: 'completed' });
      }
    };
    const completions = Promise.all([complete(), complete()]);
    for (let kill = 0; kill < KILLS; kill += 1) await killAtRandom();
    await completions;
    // The kills did interrupt the work: something is left for the worker that now lives
    expect(await countOf('certificates', 'true')).toBeLessThan(COMPLETIONS);
    worker = spawnWorker(app.databaseUrl);
    await app.settled(120_000);

    expect(await countOf('certificates', 'true')).toBe(COMPLETIONS);
    expect(await countOf('certificate_documents', 'length(pdf) > 1000')).toBe(COMPLETIONS);
    expect(await countOf('mails', "key like 'certificate:%'")).toBe(COMPLETIONS);
    expect(await countOf('notices', "kind = 'certificate-issued'")).toBe(COMPLETIONS);
    expect((await database().raw<{ rows: { people: number }[] }>('select count(distinct person_id)::int as people from certificates')).rows[0]?.people).toBe(COMPLETIONS);
    const cells = (await database()('statistics_cells').sum({ completed: 'completed', certified: 'certified', people: 'people', minutes: 'minutes', enrolled: 'enrolled' }).first()) as Record<string, number>;
    expect(cells).toEqual({ completed: COMPLETIONS, certified: COMPLETIONS, people: COMPLETIONS, minutes: COMPLETIONS * 60, enrolled: COMPLETIONS });
    expect(await checkStatistics()).toEqual([]);
  }, 300_000);
});
