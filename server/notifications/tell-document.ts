import { transaction } from '../database/transaction.ts';
import { notify } from './notify.ts';

interface Facts {
  author_id: string;
  file_name: string;
  infection: string | null;
  number: number;
  network_key: string;
}

/** Tells who sent a file that the antivirus stopped it. */
export async function tellInfected({ versionId }: { versionId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = (await tx('document_versions as v').join('documents as d', 'd.id', 'v.document_id').join('networks as n', 'n.id', 'd.network_id').where('v.id', versionId)
      .first('v.author_id', 'v.file_name', 'v.infection', 'd.number', 'n.key as network_key')) as Facts | undefined;
    if (!facts) return;
    const params = { file: facts.file_name, infection: facts.infection ?? '' };
    await notify(tx, { personId: facts.author_id, kind: 'document-infected', key: `infected:${versionId}`, params, link: `/reti/${facts.network_key}/documenti/${facts.number}` });
  });
}
