import { type Markup, withoutCites } from './clean-markup.ts';
import { type NamedMarkup, nameMentions } from './mentions/name-mentions.ts';
import { citeQuotes } from './quotes/cite-quotes.ts';

/**
 * What clean HTML refers to, as it stands now and as the readers of a network may know it: whom it names, whom it quotes.
 * @throws AppError 422 `too-many-mentions`; `post-empty` where nothing but a stranger was named
 */
export const resolveReferences = async (networkId: string, markup: Markup): Promise<NamedMarkup> => citeQuotes(networkId, await nameMentions(networkId, withoutCites(markup)));
