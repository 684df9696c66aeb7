import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { cleanMarkup } from '../community/clean-markup.ts';
import type { Tx } from '../database/transaction.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';

const FOLDER = join(import.meta.dirname, 'conversations');

const Conversation = z.strictObject({
  title: z.string().min(8).max(160),
  tags: z.array(z.string().min(2).max(40)).min(1).max(5),
  question: z.string().min(1),
  answers: z.array(z.strictObject({ text: z.string().min(1), solves: z.boolean().optional() })).max(8).default([]),
});
type Conversation = z.output<typeof Conversation>;

/** The conversations written for each network, by its key. @throws Error naming the file and what is wrong in it. */
export async function readConversations(): Promise<Map<string, Conversation[]>> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yml')).sort();
  return new Map(await Promise.all(files.map(async (name) => {
    const parsed = z.array(Conversation).safeParse(parse(await readFile(join(FOLDER, name), 'utf8')));
    if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
    return [basename(name, '.yml'), parsed.data] as const;
  })));
}

/** Paragraphs and lists of a plain text as an editor would make them. */
export function markup(text: string): string {
  const escape = (line: string) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return text.trim().split(/\n\s*\n/).map((block) => {
    const lines = block.split('\n').map((line) => line.trim());
    return lines.every((line) => line.startsWith('- ')) ? `<ul>${lines.map((line) => `<li><p>${escape(line.slice(2))}</p></li>`).join('')}</ul>` : `<p>${escape(lines.join(' '))}</p>`;
  }).join('');
}

const HOUR = 3_600_000;
/** Members of each network: enough that questions and answers come from different Provinces. */
const MEMBERS = 60;

/** Living networks: who asks, who answers after some hours or days, what is solved, who has the same question, how far each has read. */
export async function seedConversations(tx: Tx, random: Random, people: DemoPerson[], now: Date): Promise<void> {
  const networks = (await tx('networks').select('id', 'key')) as { id: string; key: string }[];
  const conversations = await readConversations();
  const samples = people.filter(({ email }) => /^(chiara\.serra|paolo\.zanetti|marta\.zanella|elena\.conti)@/.test(email));
  const learners = people.filter((person) => person.memberId !== null && !samples.includes(person));
  for (const { id, key } of networks) {
    const written = conversations.get(key);
    if (!written) continue;
    const members = [...samples.filter(({ email }) => !email.startsWith('paolo.')), ...random.shuffled(learners).slice(0, MEMBERS)];
    const joined = new Date(now.getTime() - 400 * 24 * HOUR);
    await tx('network_members').insert(members.map(({ id: person_id }) => ({ network_id: id, person_id, status: 'active', requested_at: joined, decided_at: joined, read_until: joined })));
    const moderator = members.find(({ email }) => email.startsWith('elena.')) ?? members[0];
    if (moderator) await tx('roles').insert({ person_id: moderator.id, role: 'moderator', scope: 'network', scope_id: id });
    // The oldest first, so that numbers grow with time
    const spread = (350 * 24 * HOUR) / written.length;
    for (const [index, conversation] of written.entries()) await converse(tx, random, id, members, conversation, new Date(now.getTime() - 2 * HOUR - (written.length - 1 - index) * spread - random.int(0, Math.floor(spread / 3))), now);
  }
}

async function converse(tx: Tx, random: Random, networkId: string, members: DemoPerson[], { title, tags, question, answers }: Conversation, asked: Date, now: Date): Promise<void> {
  const cast = random.shuffled(members).slice(0, answers.length + 6);
  const [asker, ...others] = cast;
  if (!asker) throw new Error('a network without members');
  let at = asked;
  const posts = [{ author: asker, text: question, at }, ...answers.map(({ text }, index) => {
    at = new Date(Math.min(at.getTime() + random.int(1, 40) * HOUR, now.getTime() - (answers.length - index) * 60_000));
    // Who says thank you is who asked
    return { author: /^\s*(grazie|risolto)/i.test(text) ? asker : (others[index] ?? asker), text, at };
  })];
  const last = posts.at(-1);
  const [thread] = (await tx('threads').insert({
    network_id: networkId, title, tags, author_id: asker.id, body_id: asker.bodyId, created_at: asked, last_sequence: posts.length, last_post_at: last?.at ?? asked, last_author_id: last?.author.id ?? asker.id,
  }).returning('id')) as { id: string }[];
  if (!thread) throw new Error('not inserted');
  const ids: string[] = [];
  for (const [index, post] of posts.entries()) {
    const { html, words } = cleanMarkup(markup(post.text));
    const { rows } = await tx.raw<{ rows: { id: string }[] }>(
      `insert into posts (thread_id, sequence, author_id, body_id, html, words, near, search, created_at, client_id)
       values (:thread, :sequence, :author, :body, :html, :words, left(plain(:title::text || ' ' || :words::text), 8000),
               setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', :words::text), 'B'), :at, :client) returning id`,
      { thread: thread.id, sequence: index + 1, author: post.author.id, body: post.author.bodyId, html, words, title: index === 0 ? title : '', at: post.at, client: randomUUID() },
    );
    ids.push(rows[0]?.id ?? '');
  }
  const solution = answers.findIndex(({ solves }) => solves === true);
  if (solution >= 0) await tx('threads').where('id', thread.id).update({ accepted_post_id: ids[solution + 1], accepted_at: posts[solution + 1]?.at, accepted_by: asker.id });
  const interested = others.slice(answers.length, answers.length + random.int(0, 5));
  if (interested.length > 0) await tx('thread_interests').insert(interested.map((person) => ({ thread_id: thread.id, person_id: person.id, body_id: person.bodyId, at: asked })));
  const readers = random.shuffled(members).slice(0, random.int(10, 40));
  await tx('thread_readings').insert(readers.map((person) => ({ person_id: person.id, thread_id: thread.id, sequence: posts.length, read_at: last?.at ?? asked })));
  if (solution >= 0) {
    const thankful = readers.filter(({ id }) => id !== posts[solution + 1]?.author.id).slice(0, random.int(0, 7));
    if (thankful.length > 0) await tx('post_reactions').insert(thankful.map((person, i) => ({ post_id: ids[solution + 1], person_id: person.id, kind: i % 3 === 2 ? 'thanks' : 'useful', at: last?.at ?? asked })));
  }
}
