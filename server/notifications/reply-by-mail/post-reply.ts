import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { reply } from '../../community/reply.ts';
import { config } from '../../config.ts';
import { PostInput } from '../../contract/community.ts';
import type { Tx } from '../../database/transaction.ts';
import { AppError } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { sendMail } from '../send-mail.ts';
import { takeAttachments } from './attachments.ts';
import { htmlOfHtml, htmlOfText } from './reply-html.ts';

/** One mail is one post, also where a browser sends the same. */
const clientIdOf = (messageId: string) => createHash('sha256').update(messageId).digest('hex').slice(0, 32).replace(/^(.{8})(.{4})(.)(.{3})(.)(.{3})(.{12})$/, '$1-$2-4$4-8$6-$7');

/** Writes what a person said in a mail as her reply, under the rules of every reply. @returns the post's id; null where it waits for a moderator. @throws AppError as `reply`; 422 `post-empty`; 413 `too-large` */
export async function postReply(tx: Tx, sender: Actor, number: number, mail: ParsedMail, messageId: string): Promise<string | null> {
  const written = mail.text === undefined || mail.text.trim() === '' ? htmlOfHtml(typeof mail.html === 'string' ? mail.html : '') : htmlOfText(mail.text);
  if (written === '<p></p>' || written === '') throw new AppError(422, 'post-empty');
  const input = PostInput.safeParse({ clientId: clientIdOf(messageId), html: written });
  if (!input.success) throw new AppError(413, 'too-large');
  const { taken, left } = await takeAttachments(messageId, mail.attachments);
  const { thread, posts } = await reply(sender, number, input.data, taken);
  const [post] = posts ?? [];
  if (!post) return null;
  if (left.length > 0) {
    await sendMail(tx, {
      key: `mail-attachments:${post.id}`, person: sender, kind: 'mail-attachments', params: { names: left.slice(0, 10).map((name) => name.slice(0, 80)).join(', ') }, url: `${config.publicUrl}/reti/${thread.network_key}/discussioni/${thread.number}?da=${post.sequence}`,
      envelope: { networkIds: [thread.network_id] },
    });
  }
  return post.id;
}
