import type { ReactionKind } from '../contract/community.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import type { FileRow } from './documents/kinds.ts';
import type { PlaceRow } from './places/moved-places.ts';
import type { WrittenBy } from './written-by.ts';

export interface PostRow extends WrittenBy {
  id: string;
  thread_id: string;
  sequence: number;
  html: string;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  deleted_by: string | null;
  delete_reason: string | null;
  /** The post that went away from here, and where it is, for who may read it there. */
  moved_id: string | null;
  moved_solution: boolean;
  moved_to?: PlaceRow | undefined;
  /** By who asks. */
  flagged: boolean;
  documents: (FileRow & { number: number; title: string })[] | null;
  reactions: { kind: ReactionKind; count: number; mine: boolean }[] | null;
}

/** Posts `p` as one person sees them: `$1`. */
export const POSTS = `
  select p.id, p.thread_id, p.sequence, p.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind,
         -- What its author took back leaves nobody's hands; what was hidden is for some, as the policy says
         case when p.deleted_at is null or p.deleted_by <> p.author_id then p.html else '' end as html, p.created_at, p.edited_at, p.deleted_at, p.deleted_by, p.delete_reason, p.moved_id, p.moved_solution,
         exists (select from post_flags f where f.post_id = p.id and f.person_id = $1::uuid) as flagged,
         case when p.documents > 0 and p.deleted_at is null then
           (select json_agg(x order by position) from (select x.position, d.number, d.title, v.number as version, v.file_name, v.media_type, v.bytes, v.scan from post_documents x
             join documents d on d.id = x.document_id and d.deleted_at is null join document_versions v on v.document_id = d.id and v.number = d.last_version where x.post_id = p.id) x) end as documents,
         (select json_agg(x) from (select kind, count(*)::int as count, coalesce(bool_or(person_id = $1::uuid), false) as mine from post_reactions where post_id = p.id group by kind order by kind) x) as reactions
    from posts p join people a on a.id = p.author_id left join bodies b on b.id = p.body_id`;

/** Posts of a thread that the caller may read, from this sequence on: opened anywhere it costs the same. */
export async function listPosts(actor: Actor | null, threadId: string, from: number, limit: number): Promise<PostRow[]> {
  return prepared<PostRow>('posts-from', `${POSTS} where p.thread_id = $2 and p.sequence >= $3 order by p.sequence limit $4`, [actor?.id ?? null, threadId, from, limit]);
}

export async function readPost(actor: Actor | null, id: string): Promise<PostRow | undefined> {
  const [row] = await prepared<PostRow>('posts-one', `${POSTS} where p.id = $2`, [actor?.id ?? null, id]);
  return row;
}
