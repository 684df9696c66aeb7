import { prepared } from '../../database/prepared.ts';
import { notFound } from '../../errors.ts';
import { files } from '../../gateways/files.ts';
import type { Actor } from '../../http/actor.ts';
import { FileReply } from '../../http/route.ts';
import { MODERATES, OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';

/** Seen by who put it there, by who moderates, and by who may read a post that shows it and stands. */
const FIND = `select i.digest, i.media_type, i.bytes, n.reading from images i join networks n on n.id = i.network_id ${OWN_MEMBERSHIP}
 where i.id = $4 and ${READABLE} and (i.author_id = $1::uuid or ${MODERATES} or exists (
   select from post_images x join posts p on p.id = x.post_id join threads t on t.id = p.thread_id where x.image_id = i.id and p.deleted_at is null and t.deleted_at is null))`;

/** A picture of a post. @throws AppError 404 */
export async function sendImage(actor: Actor | null, id: string): Promise<FileReply> {
  const [image] = await prepared<{ digest: string; media_type: string; bytes: number; reading: string }>('image-find', FIND, [...reachValues(reachOf(actor)), id]);
  if (!image) throw notFound();
  return new FileReply(image.media_type, { size: image.bytes, etag: `"${image.digest}"`, open: (range) => files.read(image.digest, range) }, {
    filename: `${id}.webp`, inline: true, headers: { 'Cache-Control': 'private, max-age=600' },
  });
}
