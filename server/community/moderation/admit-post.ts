import { invalidField } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import type { Markup } from '../clean-markup.ts';
import { readTrust } from './trust.ts';

/** Somebody new puts so many links to elsewhere into a post: more are rarely for the reader. */
const MOST_LINKS = 2;

/** Links to elsewhere: cleanMarkup marks them; addresses written out count too. */
const linksIn = ({ html, words }: Markup): number => Math.max(html.match(/ rel="nofollow/g)?.length ?? 0, words.match(/https?:\/\//gi)?.length ?? 0);

interface Place {
  moderates: boolean;
  hold_first: boolean;
}

/**
 * Whether what somebody writes is shown at once or waits for a moderator. Most posts are admitted without a question to the database.
 * @throws AppError 422 `post-links` for somebody new with too many links; `held-files` for a post that would wait: files go with posts that are shown
 */
export async function admitPost(actor: Actor, { moderates, hold_first }: Place, { markup, files }: { markup: Markup; files: number }): Promise<'show' | 'hold'> {
  const many = linksIn(markup) > MOST_LINKS;
  if (moderates || !(many || hold_first) || (await readTrust(actor.id)) !== 'new') return 'show';
  if (many) throw invalidField('body.html', 'post-links', 'post-links');
  if (hold_first && files > 0) throw invalidField('body.attachments', 'held-files', 'held-files');
  return hold_first ? 'hold' : 'show';
}
