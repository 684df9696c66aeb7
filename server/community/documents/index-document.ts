import type { Tx } from '../../database/transaction.ts';

/** More than this a search need not know of one document: a tsvector holds at most a megabyte. */
const SEARCHED = 250_000;

/** What a document is found by: its title, then its summary and its file's name, then what its newest version says. */
export async function indexDocument(tx: Tx, documentId: string): Promise<void> {
  await tx.raw(
    `update documents d
        set search = setweight(to_tsvector('italian_plain', d.title), 'A') || setweight(to_tsvector('italian_plain', d.summary || ' ' || translate(v.file_name, '._-', '   ')), 'B')
                     || setweight(to_tsvector('italian_plain', left(coalesce(v.words, ''), ${SEARCHED})), 'C'),
            near = left(plain(d.title || ' ' || d.summary), 8000)
       from document_versions v where v.document_id = d.id and v.number = d.last_version and d.id = ?`,
    [documentId],
  );
}
