import { randomUUID } from 'node:crypto';
import { splitThread } from '../community/places/split-thread.ts';
import { citeQuotes } from '../community/quotes/cite-quotes.ts';
import type { Tx } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';
import { markup } from './conversations.ts';
import type { DemoPerson } from './people.ts';

const HOUR = 3_600_000;

/** What happens in threads besides asking and answering: somebody quotes, a moderator takes a side question out, somebody has not finished writing. */
export async function seedThreads(tx: Tx, people: DemoPerson[], now: Date): Promise<void> {
  await quoteSolutions(tx);
  await splitSideQuestion(tx);
  await leaveDrafts(tx, people, now);
}

/** Quoted by who says thank you, in so many threads of each network. */
const QUOTING = 3;

async function quoteSolutions(tx: Tx): Promise<void> {
  const { rows } = await tx.raw<{ rows: { id: string; network_id: string; html: string; solution: string; solved: string }[] }>(
    `select * from (
       select p.id, t.network_id, p.html, s.id as solution, s.html as solved, row_number() over (partition by t.network_id order by t.number) as place
         from threads t join posts s on s.id = t.accepted_post_id join posts p on p.thread_id = t.id and p.author_id = t.author_id and p.sequence > s.sequence
        where p.words ~* '^(grazie|risolto)') x where place <= ?`, [QUOTING]);
  for (const { id, network_id, html, solution, solved } of rows) {
    const [paragraph = ''] = /<p>[^]*?<\/p>/.exec(solved) ?? [];
    const quoting = await citeQuotes(network_id, { html: `<blockquote data-post="${solution}">${paragraph}</blockquote>${html}`, words: '', mentioned: [] });
    await tx.raw("update posts set html = :html, words = :words, near = left(plain(:words::text), 8000), search = setweight(to_tsvector('italian_plain', :words::text), 'B') where id = :id", { id, html: quoting.html, words: quoting.words });
  }
}

/** By the words with which the side question begins. */
const SIDE = { begins: 'Mi inserisco con una domanda vicina', title: 'Censimento dei servizi digitali dei Comuni: lo fa la Provincia?', tags: ['censimento', 'convenzioni'] };

async function splitSideQuestion(tx: Tx): Promise<void> {
  const question = (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').whereLike('p.words', `${SIDE.begins}%`).first('p.thread_id', 'p.sequence', 't.number', 't.network_id')) as
    { thread_id: string; sequence: number; number: number; network_id: string } | undefined;
  const moderator = (await tx('people').whereLike('email', 'elena.conti@%').first('id', 'email', 'given_name', 'family_name')) as { id: string; email: string; given_name: string; family_name: string } | undefined;
  if (!question || !moderator) throw new Error('The side question of the demonstration is missing');
  const actor: Actor = {
    id: moderator.id, sessionId: randomUUID(), givenName: moderator.given_name, familyName: moderator.family_name, email: moderator.email, language: 'it', bodyId: null, roles: [{ role: 'moderator', scope: 'network', scopeId: question.network_id }],
  };
  const postIds = ((await tx('posts').where('thread_id', question.thread_id).whereIn('sequence', [question.sequence, question.sequence + 1]).select('id')) as { id: string }[]).map(({ id }) => id);
  await splitThread(actor, question.number, { title: SIDE.title, tags: SIDE.tags, postIds, reason: 'È un’altra domanda, che merita risposte sue' });
}

interface Unfinished {
  email: string;
  network: string;
  /** A new thread; without one it is a reply to what is still unsolved. */
  title?: string;
  text: string;
  hoursAgo: number;
  /** What she wrote on another device. */
  other?: string;
}

const UNFINISHED: Unfinished[] = [
  { email: 'marta.zanella@', network: 'sua', text: 'Da noi se ne occupa l’ufficio gare, con una scheda di due pagine che posso condividere.\n\nResta da capire', hoursAgo: 5 },
  {
    email: 'chiara.serra@', network: 'piao', title: 'Obiettivi di valore pubblico: come li collegate al bilancio?', text: 'Nel nostro PIAO gli obiettivi di valore pubblico e quelli di bilancio sono due elenchi che non si parlano.', hoursAgo: 26,
    other: 'Nel nostro PIAO gli obiettivi di valore pubblico non hanno risorse assegnate: chi le ha collegate ai programmi del DUP?',
  },
  { email: 'chiara.serra@', network: 'sit', text: 'Confermo: anche nel Nuorese i Comuni mandano i dati in formati diversi, e', hoursAgo: 2 },
];

async function leaveDrafts(tx: Tx, people: DemoPerson[], now: Date): Promise<void> {
  for (const { email, network, title, text, hoursAgo, other } of UNFINISHED) {
    const person = people.find((one) => one.email.startsWith(email));
    const place = (await tx('networks').where('key', network).first('id')) as { id: string } | undefined;
    const open = (await tx('threads').where({ network_id: place?.id }).whereNull('accepted_post_id').whereNull('closed_at').whereNull('deleted_at').whereNot('author_id', person?.id ?? '').orderBy('last_post_at', 'desc').first('id')) as { id: string } | undefined;
    if (!person || !place || !open) continue;
    const at = new Date(now.getTime() - hoursAgo * HOUR);
    const where = title === undefined ? { thread_id: open.id } : { network_id: place.id };
    const [draft] = (await tx('drafts').insert({ person_id: person.id, ...where, title: title ?? '', tags: [], html: markup(text), device: randomUUID(), changed_at: at }).returning('id')) as { id: string }[];
    if (other) await tx('draft_others').insert({ draft_id: draft?.id, device: randomUUID(), title: title ?? '', tags: [], html: markup(other), changed_at: new Date(at.getTime() - HOUR) });
  }
}
