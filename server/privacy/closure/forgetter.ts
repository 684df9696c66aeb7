import { FORMER } from '../../contract/former.ts';

/** Under which names and which address she stands in what was written down. */
export interface Traces {
  names: string[];
  email: string;
}

const FORMER_NAME = `${FORMER.givenName} ${FORMER.familyName}`;
/** Where her address was. */
const NO_ADDRESS = '[indirizzo rimosso]';

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** An apostrophe is written in three ways, and in the HTML of a mail in a fourth. */
const loosely = (name: string): string => literal(name).replaceAll(/['’‘]/g, "(?:['’‘]|&#39;)").replaceAll(/\s+/g, String.raw`\s+`);

export interface Forgetter {
  /** Takes the person out of a text: wherever her mention is, and where her name or her address stands as such. */
  forget(text: string): string;
  /** Only where she was named with @: for what others wrote where somebody of the same name may be meant. */
  forgetMentions(text: string): string;
  /** The same, and her address, which nobody else has. */
  forgetSure(text: string): string;
  /** Where these posts of hers are quoted, whose words they are. */
  forgetQuotes(text: string, posts: string[]): string;
  /** For `like any`, in small letters: what a text to be looked at contains. */
  likes: string[];
}

/** Makes what takes a person out of texts, HTML and the text of JSON alike: names contain nothing that either of them writes in another way, but for apostrophes. */
export function forgetterOf(personId: string, { names, email }: Traces): Forgetter {
  // A whole word each time: Anna Rossi is not in Marianna Rossini
  const [before, after] = [String.raw`(?<![\p{L}\p{M}\p{N}])`, String.raw`(?![\p{L}\p{M}\p{N}])`];
  const name = new RegExp(`${before}(?:${names.map(loosely).join('|')})${after}`, 'giu');
  const address = new RegExp(`(?<![\\w.+-])${literal(email)}(?![\\w-])`, 'giu');
  const mention = new RegExp(String.raw`(<span data-person=\\?"${personId}\\?">)[^<]*(</span>)`, 'g');
  const forgetMentions = (text: string) => text.replaceAll(mention, `$1@${FORMER_NAME}$2`);
  const escape = (text: string) => `%${text.toLowerCase().replaceAll(/[%_\\]/g, String.raw`\$&`).replaceAll(/['’‘]/g, '%').replaceAll(/\s+/g, '%')}%`;
  return {
    forget: (text) => forgetMentions(text).replaceAll(name, FORMER_NAME).replaceAll(address, NO_ADDRESS),
    forgetMentions,
    forgetSure: (text) => forgetMentions(text).replaceAll(address, NO_ADDRESS),
    forgetQuotes: (text, posts) => (posts.length === 0 ? text : text.replaceAll(new RegExp(`(<blockquote data-post="(?:${posts.join('|')})"><cite><a href="[^"]*">)[^<]*(?=</a></cite>)`, 'g'), `$1${FORMER_NAME}`)),
    likes: [...names, email].map(escape).concat(`%data-person=%${personId}%`),
  };
}
