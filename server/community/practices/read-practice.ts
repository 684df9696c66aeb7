import type { BodyKind } from '../../contract/territory.ts';
import { database } from '../../database/connection.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { findPractice } from './find-practice.ts';
import { type PlacedBody, placedBody } from './placed-body.ts';
import { listPracticeFiles, type PracticeFileRow } from './practice-files.ts';
import { mayReadComments, mayReadWork } from './policy.ts';
import type { PracticeHead, PracticeVersion } from './practice.ts';

export interface CommentRow {
  id: string;
  author_id: string;
  author_name: string;
  author_body: string | null;
  author_kind: BodyKind | null;
  words: string;
  returned: boolean;
  created_at: Date;
}

export interface AdoptionRow {
  body: PlacedBody;
  note: string | null;
  at: Date;
}

export interface FullPractice {
  head: PracticeHead;
  /** The published words that are shown; null: the working copy. */
  shown: PracticeVersion | null;
  versions: PracticeVersion[];
  /** Of the words that are shown. */
  files: PracticeFileRow[];
  comments: CommentRow[];
  adoptions: AdoptionRow[];
  supersededBy: { number: number; title: string } | null;
  supersedes: { number: number; title: string }[];
}

/**
 * A sheet with all that stands around it.
 * @param asked a published version's number, or `work` for the working copy; without, what everybody reads, and where nothing is published the working copy.
 * @throws AppError 404
 */
export async function readPractice(actor: Actor | null, number: number, asked?: number | 'work'): Promise<FullPractice> {
  const head = await findPractice(actor, number);
  const versions = (await database()('practice_versions').where('practice_id', head.id).orderBy('sequence', 'desc')) as PracticeVersion[];
  const shown = choose(actor, head, versions, asked);
  const [files, comments, adoptions, supersededBy, supersedes] = await Promise.all([
    listPracticeFiles(head.id, (shown ?? head).files),
    mayReadComments(actor, head) ? commentsOf(head.id) : [],
    adoptionsOf(head.id),
    head.superseded_by ? (database()('practices as p').join('practice_versions as v', 'v.id', 'p.version_id').where('p.id', head.superseded_by).first('p.number', 'v.title') as Promise<FullPractice['supersededBy']>) : null,
    database()('practices as p').join('practice_versions as v', 'v.id', 'p.version_id').where('p.superseded_by', head.id).whereNull('p.deleted_at').orderBy('p.number').select('p.number', 'v.title') as Promise<FullPractice['supersedes']>,
  ]);
  return { head, shown, versions, files, comments, adoptions, supersededBy, supersedes };
}

function choose(actor: Actor | null, head: PracticeHead, versions: PracticeVersion[], asked: number | 'work' | undefined): PracticeVersion | null {
  const wanted = asked ?? (head.version_id === null ? 'work' : versions[0]?.sequence);
  if (wanted === 'work') {
    if (!mayReadWork(actor, head)) throw notFound();
    return null;
  }
  const version = versions.find(({ sequence }) => sequence === wanted);
  if (!version) throw notFound();
  return version;
}

async function commentsOf(practiceId: string): Promise<CommentRow[]> {
  const { rows } = await database().raw<{ rows: CommentRow[] }>(
    `select c.id, c.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind, c.words, c.returned, c.created_at
       from practice_comments c join people a on a.id = c.author_id left join bodies b on b.id = c.body_id where c.practice_id = ? order by c.created_at, c.id`, [practiceId]);
  return rows;
}

async function adoptionsOf(practiceId: string): Promise<AdoptionRow[]> {
  const { rows } = await database().raw<{ rows: AdoptionRow[] }>(
    `select ${placedBody('d.body_id')} as body, d.note, d.at from practice_adoptions d where d.practice_id = ? and d.withdrawn_at is null order by d.at, d.id`, [practiceId]);
  return rows;
}
