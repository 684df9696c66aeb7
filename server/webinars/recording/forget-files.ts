import { database } from '../../database/connection.ts';
import { files } from '../../gateways/files.ts';

/** Removes files from the storage that no recording has any more, or only one that was deleted. */
export async function forgetFiles(digests: readonly string[]): Promise<void> {
  for (const digest of new Set(digests)) {
    const kept = await database()('recording_files as f').join('recordings as r', 'r.webinar_id', 'f.webinar_id').where('f.digest', digest).whereNot('r.state', 'deleted').first('f.id');
    if (!kept) await files.remove(digest);
  }
}
