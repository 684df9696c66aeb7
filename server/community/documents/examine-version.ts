import { transaction } from '../../database/transaction.ts';
import { database } from '../../database/connection.ts';
import { record } from '../../events.ts';
import { scanForViruses } from '../../gateways/antivirus.ts';
import { bytesOf, files } from '../../gateways/files.ts';
import { extractText } from './extract-text.ts';
import { indexDocument } from './index-document.ts';

interface Version {
  id: string;
  document_id: string;
  media_type: string;
  digest: string;
  scan: string;
  words: string | null;
}

/** What a worker does with a new file: the antivirus first, then its words for the search. Done twice it is the same. */
export async function examineVersion(versionId: string): Promise<void> {
  const version = (await database()('document_versions').where('id', versionId).first('id', 'document_id', 'media_type', 'digest', 'scan', 'words')) as Version | undefined;
  if (!version || version.scan === 'infected') return;
  if (version.scan === 'waiting' && (await isInfected(version))) return;
  if (version.words !== null) return;
  const words = await extractText(await bytesOf(version.digest), version.media_type);
  await transaction(async (tx) => {
    await tx('documents').where('id', version.document_id).forNoKeyUpdate().first('id');
    await tx('document_versions').where({ id: version.id }).update({ words });
    await indexDocument(tx, version.document_id);
  });
}

/** @throws Error while the antivirus does not answer: the job is tried again. */
async function isInfected({ id, digest }: Version): Promise<boolean> {
  const infection = await scanForViruses(files.read(digest));
  await transaction(async (tx) => {
    const changed = await tx('document_versions').where({ id, scan: 'waiting' }).update({ scan: infection === null ? 'clean' : 'infected', infection });
    if (changed > 0 && infection !== null) await record(tx, 'document.infected', { versionId: id });
  });
  return infection !== null;
}
