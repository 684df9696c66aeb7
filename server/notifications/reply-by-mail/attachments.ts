import type { Attachment } from 'mailparser';
import { attachedAs, type TakenAttachment } from '../../community/documents/attach.ts';
import { takeBytes } from '../../community/documents/take-file.ts';
import { AppError } from '../../errors.ts';

/** As many as a post may have. */
const MOST = 5;

/** Pictures of a signature are not what somebody wanted to send. */
const isMeant = ({ related, contentDisposition }: Attachment): boolean => !related && contentDisposition !== 'inline';

/** Looks at what is attached to a mail. @returns what goes with the post, and the names of what a library does not take, which the sender is told. */
export async function takeAttachments(messageId: string, attachments: Attachment[]): Promise<{ taken: TakenAttachment[]; left: string[] }> {
  const taken: TakenAttachment[] = [];
  const left: string[] = [];
  for (const [index, { filename, content }] of attachments.filter(isMeant).entries()) {
    const file = taken.length < MOST ? await takeBytes(`${messageId}:${index}`, filename ?? 'documento', new Uint8Array(content)).catch(refused) : undefined;
    if (file) taken.push(attachedAs(file));
    else left.push(filename ?? '?');
  }
  return { taken, left };
}

function refused(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
  return undefined;
}
