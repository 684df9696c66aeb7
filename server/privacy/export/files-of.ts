import { database } from '../../database/connection.ts';

/** A file that a person sent, or that was made for her. */
export interface OwnFile {
  digest: string;
  name: string;
}

/** Digests and names alone: the files themselves are read one after the other, when their turn comes. */
const FILES = `
  select digest, min(file_name) as name from (
    select v.digest, v.file_name from document_versions v where v.author_id = :id and v.scan <> 'infected'
    union all select x.digest, x.file_name from practice_files x where x.author_id = :id and x.scan <> 'infected'
    union all select s.digest, s.file_name from slide_decks s where s.author_id = :id and s.trouble is distinct from 'infected'
    union all select i.digest, i.id || '.' || split_part(i.media_type, '/', 2) from images i where i.author_id = :id) f
   group by digest order by digest`;

/** The files that she sent, each once. What the antivirus stopped is nothing to hand out. */
export async function filesOf(personId: string): Promise<OwnFile[]> {
  const { rows } = await database().raw<{ rows: OwnFile[] }>(FILES, { id: personId });
  return rows;
}

/** The numbers of her certificates that have a document. */
export async function certificatesOf(personId: string): Promise<{ id: string; code: string }[]> {
  return (await database()('certificates as c').join('certificate_documents as d', 'd.certificate_id', 'c.id').where('c.person_id', personId).orderBy('c.id').select('c.id', 'c.code')) as { id: string; code: string }[];
}

export async function certificatePdf(id: string): Promise<Buffer> {
  const row = (await database()('certificate_documents').where('certificate_id', id).first('pdf')) as { pdf: Buffer } | undefined;
  if (!row) throw new Error(`Certificate ${id} lost its document`);
  return row.pdf;
}
