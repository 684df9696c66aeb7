import { prepared } from '../../database/prepared.ts';
import type { Licence } from '../../contract/documents.ts';
import type { WrittenBy } from '../written-by.ts';

export interface CardRow extends WrittenBy {
  id: string;
  number: number;
  title: string;
  summary: string;
  licence: Licence;
  created_at: Date;
  changed_at: Date;
  network_key: string;
  network_name: string;
  version: number;
  file_name: string;
  media_type: string;
  bytes: number;
  scan: string;
  downloads: number;
}

/** A document `d` of network `n` as it is listed. */
export const CARD = {
  columns: `d.id, d.number, d.title, d.summary, d.licence, d.created_at, d.changed_at, n.key as network_key, n.name as network_name, v.number as version, v.file_name, v.media_type, v.bytes::float8 as bytes, v.scan,
    (select sum(downloads)::int from document_versions where document_id = d.id) as downloads, d.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind`,
  joins: 'join document_versions v on v.document_id = d.id and v.number = d.last_version join people a on a.id = d.author_id left join bodies b on b.id = d.body_id',
};

const LIST = `select ${CARD.columns} from documents d join networks n on n.id = d.network_id ${CARD.joins}
 where d.network_id = $1 and d.deleted_at is null and ($2::timestamptz is null or (d.changed_at, d.id) < ($2, $3::uuid)) order by d.changed_at desc, d.id desc limit $4`;

/** The library of a network that the caller may read, what changed last first; one row too many. */
export const listDocuments = (networkId: string, { after, limit }: { after?: [string, string] | undefined; limit: number }): Promise<CardRow[]> =>
  prepared<CardRow>('documents-list', LIST, [networkId, ...(after ?? [null, null]), limit + 1]);
