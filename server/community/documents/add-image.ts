import { database } from '../../database/connection.ts';
import { invalidField } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { findArrived, forgetUpload } from '../../gateways/uploads.ts';
import type { Actor } from '../../http/actor.ts';
import { loadWritable } from '../load-network.ts';

export interface ImageRow {
  id: string;
  width: number;
  height: number;
}

/** As wide as a page can show on a dense screen. */
const WIDEST = 1600;

/** A picture of more points is no photograph but a trap for memory. */
const MOST_PIXELS = 60_000_000;

const TAKEN = new Set(['png', 'jpeg', 'webp', 'gif']);

/**
 * Makes a picture fit for a post: drawn anew, so that nothing of its file remains but what one sees; neither place nor camera.
 * @throws AppError 404; 403 `network-not-member`; 409 `upload-unfinished`; 422 `image-type`
 */
export async function addImage(actor: Actor, key: string, uploadId: string): Promise<ImageRow> {
  const { network } = await loadWritable(actor, key);
  const before = await takenAs(actor, uploadId);
  if (before) return before;
  const { path } = await findArrived(actor.id, uploadId);
  const { data, info } = await draw(path);
  const digest = await files.put(data);
  await database()('images')
    .insert({ network_id: network.id, author_id: actor.id, digest, media_type: 'image/webp', width: info.width, height: info.height, bytes: data.length, created_at: clock.now(), upload_id: uploadId })
    .onConflict('upload_id').ignore();
  await forgetUpload(uploadId);
  const image = await takenAs(actor, uploadId);
  if (!image) throw new Error('not inserted');
  return image;
}

const takenAs = async (actor: Actor, uploadId: string): Promise<ImageRow | undefined> => (await database()('images').where({ upload_id: uploadId, author_id: actor.id }).first('id', 'width', 'height')) as ImageRow | undefined;

async function draw(path: string) {
  try {
    // It weighs much, and few requests need it
    const { default: sharp } = await import('sharp');
    const image = sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    if (!TAKEN.has((await image.metadata()).format)) throw new Error('another format');
    return await image.rotate().resize({ width: WIDEST, withoutEnlargement: true }).webp({ quality: 84 }).toBuffer({ resolveWithObject: true });
  } catch {
    throw invalidField('body.uploadId', 'image-type', 'image-type');
  }
}
