import type { Tx } from '../../database/transaction.ts';
import { imagesIn } from '../clean-markup.ts';

/** Notes which pictures a new post shows, of its own network's: what no post shows is seen by nobody. */
export async function linkImages(tx: Tx, post: { id: string; html: string }, networkId: string): Promise<void> {
  const shown = imagesIn(post.html);
  // As most posts: nothing to ask the database
  if (shown.length > 0) await tx.raw('insert into post_images (post_id, image_id) select ?::uuid, id from images where id = any(?) and network_id = ? on conflict do nothing', [post.id, shown, networkId]);
}

/** The same after a change of the post. */
export async function relinkImages(tx: Tx, post: { id: string; html: string }, networkId: string): Promise<void> {
  await tx('post_images').where('post_id', post.id).whereNotIn('image_id', imagesIn(post.html)).delete();
  await linkImages(tx, post, networkId);
}
