import { prepared } from '../../database/prepared.ts';
import { invalidField } from '../../errors.ts';
import { cleanMarkup, type Markup, MENTION } from '../clean-markup.ts';
import { belongs } from '../reach.ts';

/** More would be a mailing. */
export const MOST_MENTIONS = 10;

export interface NamedMarkup extends Markup {
  /** Whom it names, each once. */
  mentioned: string[];
}

const NAMES = `select p.id, p.given_name || ' ' || p.family_name as name from people p
  where p.id = any($1::uuid[]) and p.suspended_at is null and ${belongs('p.id', '$2::uuid')}`;

/**
 * Writes the names of those whom a post names, whatever the browser called them; who is not in the network stays as words.
 * @throws AppError 422 `too-many-mentions`; `post-empty` where nothing but a stranger was named
 */
export async function nameMentions(networkId: string, markup: Markup): Promise<NamedMarkup> {
  const ids = [...new Set([...markup.html.matchAll(MENTION)].map(([, id = '']) => id))];
  if (ids.length === 0) return { ...markup, mentioned: [] };
  if (ids.length > MOST_MENTIONS) throw invalidField('body.html', 'too-many-mentions', 'too-many-mentions');
  const names = new Map((await prepared<{ id: string; name: string }>('mention-names', NAMES, [ids, networkId])).map(({ id, name }) => [id, name]));
  const html = markup.html.replaceAll(MENTION, (_, id: string, words: string) => {
    const name = names.get(id);
    return name === undefined ? words : `<span data-person="${id}">@${escape(name)}</span>`;
  });
  return { ...cleanMarkup(html), mentioned: [...names.keys()] };
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
