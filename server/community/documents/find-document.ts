import { prepared } from '../../database/prepared.ts';
import { notFound } from '../../errors.ts';
import type { MembershipStatus } from '../../contract/community.ts';
import type { Actor } from '../../http/actor.ts';
import type { Standing } from '../policy.ts';
import { MODERATES, OWN_MEMBERSHIP, READABLE, reachOf, reachValues, SUSPENDED_UNTIL } from '../reach.ts';
import { CARD, type CardRow } from './list-documents.ts';

export interface DocumentHead extends CardRow, Standing {
  network_id: string;
  archived_at: Date | null;
  membership: MembershipStatus | null;
}

const FIND = `select ${CARD.columns}, n.id as network_id, n.archived_at, m.status as membership, ${MODERATES} as moderates, ${SUSPENDED_UNTIL} as suspended_until
  from documents d join networks n on n.id = d.network_id ${OWN_MEMBERSHIP} ${CARD.joins}
 where d.number = $4 and d.deleted_at is null and ${READABLE}`;

/** A document that the actor may read. @throws AppError 404 */
export async function findDocument(actor: Actor | null, number: number): Promise<DocumentHead> {
  const [row] = await prepared<DocumentHead>('document-find', FIND, [...reachValues(reachOf(actor)), number]);
  if (!row) throw notFound();
  return row;
}

export interface VersionRow {
  version: number;
  file_name: string;
  media_type: string;
  bytes: number;
  scan: string;
  note: string;
  downloads: number;
  created_at: Date;
  author_id: string;
  author_name: string;
  author_body: string | null;
  author_kind: CardRow['author_kind'];
}

/** All versions of a document that may be read, newest first. */
export const listDocumentVersions = (documentId: string): Promise<VersionRow[]> => prepared<VersionRow>('document-versions',
  `select v.number as version, v.file_name, v.media_type, v.bytes::float8 as bytes, v.scan, v.note, v.downloads, v.created_at, v.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind
     from document_versions v join people a on a.id = v.author_id left join bodies b on b.id = v.body_id where v.document_id = $1 order by v.number desc`, [documentId]);

/** The threads of its network in which it is attached, newest first. */
export const listDocumentThreads = (documentId: string): Promise<{ number: number; title: string; sequence: number }[]> => prepared('document-threads',
  `select t.number, t.title, p.sequence from post_documents x join posts p on p.id = x.post_id join threads t on t.id = p.thread_id
    where x.document_id = $1 and p.deleted_at is null and t.deleted_at is null order by p.created_at desc limit 50`, [documentId]);
