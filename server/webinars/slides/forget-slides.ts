import { database } from '../../database/connection.ts';
import { files } from '../../gateways/files.ts';

/** The storage knows a file by its content: the same PDF may be in a library, and a blank page in many decks. */
const STILL_KEPT = `select exists (select from slide_decks where digest = :digest) or exists (select from slide_pages where small = :digest or medium = :digest or large = :digest)
  or exists (select from document_versions where digest = :digest) or exists (select from practice_files where digest = :digest) as kept`;

/** Removes files of decks that are no more, unless something else has the same content. */
export async function forgetSlides(digests: readonly string[]): Promise<void> {
  for (const digest of new Set(digests)) {
    const { rows: [row] } = await database().raw<{ rows: { kept: boolean }[] }>(STILL_KEPT, { digest });
    if (!row?.kept) await files.remove(digest);
  }
}
