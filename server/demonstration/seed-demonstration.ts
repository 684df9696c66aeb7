import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { recountStatistics } from '../statistics/recount-statistics.ts';
import { seedChannels } from './channels.ts';
import { seedConversations } from './conversations.ts';
import { seedDocuments } from './documents.ts';
import { type DemoCourse, seedEditions } from './editions.ts';
import { seedExperts } from './experts.ts';
import { seedFlags } from './flags.ts';
import { seedHistories } from './histories.ts';
import { seedMessages } from './messages.ts';
import { type DemoMember, seedPeople } from './people.ts';
import { seedPractices } from './practices.ts';
import { seededRandom } from './random.ts';
import { seedWebinars } from './webinars.ts';
import { seedThreads } from './threads.ts';

/** The same people and histories each time. */
const SEED = 430_258;

/**
 * Fills a database without people with the demonstration: all in one transaction, so that a kill leaves either nothing or everything.
 * Needs territory and courses. @returns whether it did.
 */
export async function seedDemonstration(): Promise<boolean> {
  if (await database()('people').first('id')) return false;
  await transaction(async (tx) => {
    const random = seededRandom(SEED);
    const members = await membersOf(tx);
    const upi = (await tx('bodies').where('kind', 'upi').first('id')) as { id: string } | undefined;
    const courses = (await tx('courses').whereNotNull('current_version_id').orderBy('key').select('id', 'key', 'area_code as area', 'current_version_id as versionId')) as DemoCourse[];
    if (!upi || members.length === 0 || courses.length === 0) throw new Error('The demonstration needs territory and courses first');
    const people = await seedPeople(tx, random, members, upi.id);
    const trainer = people.find(({ email }) => email === 'elena.conti@pico.example');
    if (!trainer) throw new Error('The sample trainer is missing');
    const editions = await seedEditions(tx, courses, trainer.id);
    await seedHistories(tx, random, people, members, editions);
    const now = new Date();
    await seedConversations(tx, random, people, now);
    await seedDocuments(tx, random, now);
    await seedPractices(tx, random, people, now);
    await seedMessages(tx, people, now);
    await seedChannels(tx, people, now);
    await seedFlags(tx, people, now);
    await seedWebinars(tx, random, editions, now);
    await seedThreads(tx, people, now);
    await seedExperts(tx, random, people, now);
    // Rows brought in whole record no events: the figures are counted from them once
    await recountStatistics();
  });
  return true;
}

async function membersOf(tx: Parameters<Parameters<typeof transaction>[0]>[0]): Promise<DemoMember[]> {
  const { rows } = await tx.raw<{ rows: DemoMember[] }>(
    `select b.id, b.name, m.phase,
            coalesce((select array_agg(a.body_id order by town.istat_code) from programme_attributions a join bodies town on town.id = a.body_id and town.kind = 'municipality'
                       where a.member_id = b.id and a.programme_id = m.programme_id), '{}') as municipalities
       from programme_members m join bodies b on b.id = m.body_id
      order by b.istat_code`,
  );
  return rows;
}
