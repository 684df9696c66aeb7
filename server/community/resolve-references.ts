import { CITE, type Markup } from './clean-markup.ts';
import { type NamedMarkup, nameMentions } from './mentions/name-mentions.ts';
import { citeQuotes } from './quotes/cite-quotes.ts';

/**
 * What clean HTML refers to, as it stands now and as the readers of a network may know it: whom it names, whom it quotes.
 * @throws AppError 422 `too-many-mentions`; `post-empty` where nothing but a stranger was named
 */
export const resolveReferences = async (networkId: string, markup: Markup): Promise<NamedMarkup> => citeQuotes(networkId, await nameMentions(networkId, withoutCites(markup)));

/** What was held, or is being rewritten, has been resolved once: its quotes are asked for anew. */
const withoutCites = (markup: Markup): Markup => (markup.html.includes('<cite>') ? { ...markup, html: markup.html.replaceAll(CITE, '') } : markup);
