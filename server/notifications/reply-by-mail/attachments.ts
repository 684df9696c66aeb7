import type { Attachment } from 'mailparser';
import type { Tx } from '../../database/transaction.ts';
import type { Actor } from '../../http/actor.ts';

/** Pictures of a signature are not what somebody wanted to send. */
const isMeant = ({ related, contentDisposition }: Attachment): boolean => !related && contentDisposition !== 'inline';

/**
 * Where what is attached to a reply goes. The library of documents takes it here, in the transaction that writes the post; until then nothing is taken.
 * @returns the names of those that were not taken, which the sender is told.
 */
export async function takeAttachments(_tx: Tx, _actor: Actor, _postId: string, attachments: Attachment[]): Promise<string[]> {
  return attachments.filter(isMeant).map(({ filename }) => filename ?? '?');
}
