import type { Tx } from '../../database/transaction.ts';

/** Where somebody writes: a reply in a thread, or a new thread in a network. */
export type DraftPlace = { thread_id: string } | { network_id: string };

interface Words {
  title: string;
  tags: string[];
  html: string;
  changed_at: Date;
}

export interface DraftRow extends Words {
  id: string;
  version: number;
  /** The window that saved last. */
  device: string;
}

/** What another window had written when somebody saved without having seen it. */
export interface OtherRow extends Words {
  id: string;
  device: string;
}

export interface KeptDraft {
  draft: DraftRow;
  others: OtherRow[];
}

/** Her draft in this place, locked. */
export async function lockDraft(tx: Tx, personId: string, place: DraftPlace): Promise<DraftRow | undefined> {
  return (await tx('drafts').where({ person_id: personId, ...place }).forUpdate().first('id', 'version', 'device', 'title', 'tags', 'html', 'changed_at')) as DraftRow | undefined;
}

/** What is kept beside a draft, the newest first. */
export async function othersOf(tx: Tx, draftId: string): Promise<OtherRow[]> {
  return (await tx('draft_others').where('draft_id', draftId).orderBy('id', 'desc').select('id', 'device', 'title', 'tags', 'html', 'changed_at')) as OtherRow[];
}
