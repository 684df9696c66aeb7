import type { BodyKind } from '../contract/territory.ts';
import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { findThread } from './find-thread.ts';

export interface VersionRow {
  html: string;
  replaced_at: Date;
  person_id: string;
  name: string;
  body: string | null;
  kind: BodyKind | null;
}

/** What a post said before each change, oldest first; of a removed one its history is nobody's to read but a moderator's. @throws AppError 404 */
export async function listVersions(actor: Actor | null, postId: string): Promise<VersionRow[]> {
  const place = (await database()('posts as p').join('threads as t', 't.id', 'p.thread_id').where('p.id', postId).first('t.number', 'p.deleted_at')) as { number: number; deleted_at: Date | null } | undefined;
  if (!place) throw notFound();
  const thread = await findThread(actor, place.number);
  if (place.deleted_at && !thread.moderates) throw notFound();
  const { rows } = await database().raw<{ rows: VersionRow[] }>(
    `select v.html, v.replaced_at, p.id as person_id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind
       from post_versions v join people p on p.id = v.replaced_by left join bodies b on b.id = p.body_id where v.post_id = ? order by v.id`,
    [postId],
  );
  return rows;
}
