import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { cleanSheet, searchedWords } from '../community/practices/clean-content.ts';
import { missingFrom, PracticeContent } from '../contract/practices.ts';
import type { Tx } from '../database/transaction.ts';
import { markup } from './conversations.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';

const FOLDER = join(import.meta.dirname, 'practices');

const Sheet = z.strictObject({
  title: z.string(), tags: z.array(z.string()), problem: z.string(), solution: z.string(), cost: z.strictObject({ euro: z.number().nullable(), note: z.string() }).default({ euro: null, note: '' }),
  staff: z.string(), time: z.string(), legal: z.array(z.string()).default([]), results: z.array(z.strictObject({ label: z.string(), value: z.number(), unit: z.string() })), contact: z.string(),
  status: z.enum(['published', 'draft', 'review', 'returned']).default('published'), comments: z.array(z.string()).default([]), adoptions: z.int().min(0).max(12),
  /** The title of the sheet of the same file that takes its place. */
  supersededBy: z.string().optional(),
  /** Whether it was published a second time, with its cost brought up to date. */
  again: z.boolean().default(false),
});
type Sheet = z.output<typeof Sheet>;

/** The best practices written for each network, by its key. @throws Error naming the file and what is wrong in it. */
export async function readPractices(): Promise<Map<string, Sheet[]>> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yml')).sort();
  return new Map(await Promise.all(files.map(async (name) => {
    const parsed = z.array(Sheet).safeParse(parse(await readFile(join(FOLDER, name), 'utf8')));
    if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
    return [basename(name, '.yml'), parsed.data] as const;
  })));
}

function contentOf({ title, tags, problem, solution, cost, staff, time, legal, results, contact, status }: Sheet): PracticeContent {
  const content = PracticeContent.parse({ title, tags, problem: markup(problem), solution: markup(solution), costEuro: cost.euro, costNote: cost.note, staff, time, legalBasis: legal, results, contact });
  if (status !== 'draft' && missingFrom(content).length > 0) throw new Error(`«${title}» could not have been handed in`);
  return content;
}

const DAY = 86_400_000;

/** Sheets at every point of their life, by members of each network, adopted by other Provinces. After the conversations, whose members and moderators they take. */
export async function seedPractices(tx: Tx, random: Random, people: DemoPerson[], now: Date): Promise<void> {
  const byId = new Map(people.map((person) => [person.id, person]));
  for (const [key, sheets] of await readPractices()) {
    const network = (await tx('networks').where({ key }).first('id')) as { id: string } | undefined;
    if (!network) continue;
    const members = ((await tx('network_members').where({ network_id: network.id, status: 'active' }).orderBy('id').pluck('person_id')) as string[]).flatMap((id) => byId.get(id) ?? []);
    // A Province tells what it does; its people are told apart from the moderator, who reviews
    const reviewer = people.find(({ email }) => email.startsWith('elena.')) ?? members[0];
    const authors = random.shuffled(members.filter(({ bodyId, memberId, id }) => bodyId === memberId && id !== reviewer?.id));
    const chiara = people.find(({ email }) => email.startsWith('chiara.serra@'));
    const written = new Map<string, string>();
    for (const [index, sheet] of sheets.entries()) {
      const author = (sheet.status === 'returned' || sheet.status === 'draft' ? chiara : undefined) ?? authors[index];
      if (!author || !reviewer) throw new Error('a network without members');
      written.set(sheet.title, await writeSheet(tx, random, { networkId: network.id, author, reviewer, sheet, at: new Date(now.getTime() - (sheets.length - index) * 40 * DAY - random.int(0, 20) * DAY), adopters: authors.filter(({ bodyId }) => bodyId !== author.bodyId) }));
    }
    for (const { title, supersededBy } of sheets) {
      const successor = supersededBy === undefined ? undefined : written.get(supersededBy);
      if (successor) await tx('practices').where('id', written.get(title)).update({ superseded_by: successor, superseded_at: new Date(now.getTime() - 15 * DAY), superseded_by_person: reviewer?.id });
    }
  }
}

interface Order {
  networkId: string;
  author: DemoPerson;
  reviewer: DemoPerson;
  sheet: Sheet;
  at: Date;
  adopters: DemoPerson[];
}

async function writeSheet(tx: Tx, random: Random, { networkId, author, reviewer, sheet, at, adopters }: Order): Promise<string> {
  const days = (count: number) => new Date(at.getTime() + count * DAY);
  const clean = cleanSheet(contentOf(sheet));
  const { title, tags, content } = clean;
  const submitted = sheet.status === 'draft' ? null : days(3);
  const [practice] = (await tx('practices').insert({
    network_id: networkId, author_id: author.id, body_id: author.bodyId, created_at: at, client_id: randomUUID(), revision: sheet.again ? 3 : 2, title, tags, content: JSON.stringify(content), changed_at: days(2),
    stage: sheet.status === 'published' ? 'review' : sheet.status, submitted_at: submitted,
  }).returning('id')) as { id: string }[];
  if (!practice) throw new Error('not inserted');
  for (const words of sheet.comments) await tx('practice_comments').insert({ practice_id: practice.id, author_id: reviewer.id, body_id: reviewer.bodyId, words, returned: sheet.status === 'returned', created_at: days(5), client_id: randomUUID() });
  if (sheet.status !== 'published') return practice.id;
  // The first time without a note on its cost, which was added later
  const versions = sheet.again ? [{ ...clean, content: { ...content, costNote: '' } }, clean] : [clean];
  let versionId = '';
  for (const [index, version] of versions.entries()) {
    const words = searchedWords(version);
    const { rows } = await tx.raw<{ rows: { id: string }[] }>(
      `insert into practice_versions (practice_id, sequence, revision, title, tags, content, author_id, search, published_at, published_by)
       values (:practice, :sequence, :revision, :title::text, :tags, :content, :author, setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', :main::text), 'B') || setweight(to_tsvector('italian_plain', :rest::text), 'C'), :at, :by) returning id`,
      { practice: practice.id, author: author.id, sequence: index + 1, revision: index + 2, title, tags, content: JSON.stringify(version.content), main: words.main, rest: words.rest, at: days(6 + index * 9), by: reviewer.id });
    versionId = rows[0]?.id ?? '';
  }
  await tx('practices').where('id', practice.id).update({ stage: null, version_id: versionId });
  const bodies = new Map(random.shuffled(adopters).map((person) => [person.bodyId, person]));
  const adoptions = [...bodies.values()].slice(0, sheet.adoptions).map((person, index) => ({ practice_id: practice.id, body_id: person.bodyId, person_id: person.id, note: index % 3 === 0 ? (NOTES[index / 3] ?? null) : null, at: days(8 + index) }));
  if (adoptions.length > 0) await tx('practice_adoptions').insert(adoptions);
  return practice.id;
}

const NOTES = ['Con gli stessi modelli, adattati alla nostra convenzione.', 'Per ora con sei Comuni, in prova.', 'Abbiamo semplificato il modulo: una pagina sola.', 'Partiti a settembre, primi risultati a fine anno.'];
