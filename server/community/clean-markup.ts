import sanitizeHtml from 'sanitize-html';
import { config } from '../config.ts';
import { invalidField } from '../errors.ts';

/** The id of somebody who is named, of a post that is quoted. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The one span that stays: somebody named, and nothing in it but text. */
export const MENTION = /<span data-person="([0-9a-f-]{36})">([^<]*)<\/span>/g;
const SPANS = new RegExp(`${MENTION.source}|</?span[^>]*>`, 'g');

/** Who is quoted, as `quotes/cite-quotes.ts` writes it: what comes back from a browser is written anew. */
export const CITE = /<cite><a href="\/reti\/[^"]{1,120}">([^<]{0,300})<\/a><\/cite>/g;

/** What a post may contain. Everything else loses its tag; what could run, its content too. */
const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'strong', 'em', 's', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'h3', 'h4', 'pre', 'code', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'img', 'span'],
  allowedAttributes: { img: ['src', 'alt', 'width', 'height'], a: ['href', 'rel'], th: ['colspan', 'rowspan', 'scope'], td: ['colspan', 'rowspan'], ol: ['start'], span: ['data-person'], blockquote: ['data-post'] },
  allowedSchemes: ['https', 'http', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  // A page has one h1 and its own h2
  transformTags: {
    b: 'strong', i: 'em', strike: 's', del: 's', h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4', div: 'p',
    a: (tagName, { href }) => ({ tagName, attribs: attributesOf(href) }),
    span: (tagName, { 'data-person': person }) => ({ tagName, attribs: named(person) }),
    blockquote: (tagName, { 'data-post': post }) => ({ tagName, attribs: quoted(post) }),
    img: (tagName, { src, alt, width, height }) => ({ tagName, attribs: { ...pictureOf(src), alt: alt ?? '', ...sizeOf('width', width), ...sizeOf('height', height) } }),
  },
  // A link around a picture has no words either
  exclusiveFilter: ({ tag, text, attribs, mediaChildren }) => (tag === 'a' && text.trim() === '' && !mediaChildren?.includes('img')) || (tag === 'img' && attribs['src'] === undefined),
};

/** Characters that nobody types and nothing shows; the excerpts of a search use two of them. */
const CONTROL = /[^\P{Cc}\n\r\t]/gu;

/** Nothing but text: for search, excerpts and mails. */
const TEXT: sanitizeHtml.IOptions = { allowedTags: [], allowedAttributes: {} };

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

export interface Markup {
  html: string;
  words: string;
}

/**
 * Makes what an editor, a program or a mail sent fit to be shown: the one door through which HTML of people enters the database.
 * @throws AppError 422 `post-empty` where nothing to read remains.
 */
export function cleanMarkup(dirty: string): Markup {
  const markup = cleanOrNothing(dirty);
  if (markup.html === '') throw invalidField('body.html', 'post-empty', 'post-empty');
  return markup;
}

/** The same, where nothing may be written yet: both are then empty. */
export function cleanOrNothing(dirty: string): Markup {
  // Twice: what a renamed tag may have nested in another is taken apart as a browser would; empty paragraphs are spacing, which is the page's
  const html = sanitizeHtml(sanitizeHtml(dirty.replaceAll(CONTROL, '').replaceAll(CITE, ''), OPTIONS), OPTIONS).replaceAll(SPANS, (tag, person: string | undefined) => (person === undefined ? '' : tag)).replaceAll(/<p>(?:\s|&nbsp;|\u00A0|<br \/>)*<\/p>/gu, '').trim();
  const words = wordsOf(html);
  return words === '' && imagesIn(html).length === 0 ? { html: '', words } : { html, words };
}

/** What clean HTML says: in searches, excerpts and mails. */
export function wordsOf(html: string): string {
  // Blocks are apart from each other also without their tags
  const spaced = markQuotes(html).replaceAll(/<(?:\/(?:p|li|h3|h4|tr|td|th|blockquote|pre)|br \/|hr \/)>/g, '$& ');
  const words = sanitizeHtml(spaced, TEXT).replaceAll(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity).replaceAll(/\s+/gu, ' ').trim();
  return html.includes('<cite>') ? words.replaceAll(' »', '»') : words;
}

/** Without its frame a quote is known by its marks, and by whose it is: `Anna Bellò: «Sul valore massimo.»` */
function markQuotes(html: string): string {
  const open: boolean[] = [];
  return html.replaceAll(/<blockquote data-post="[^"]*"><cite>|<blockquote[^>]*>|<\/blockquote>/g, (tag) => {
    if (tag === '</blockquote>') return open.pop() ? `» ${tag}` : tag;
    open.push(tag.endsWith('<cite>'));
    return tag;
  }).replaceAll(CITE, '$1: «');
}

const named = (person: string | undefined): sanitizeHtml.Attributes => (person !== undefined && ID.test(person) ? { 'data-person': person } : {});
const quoted = (post: string | undefined): sanitizeHtml.Attributes => (post !== undefined && ID.test(post) ? { 'data-post': post } : {});
/** Pictures come from our own store, where they were drawn anew (`documents/add-image.ts`): a reader's browser asks nobody else. */
const PICTURE = /^\/api\/v1\/images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const pictureOf = (src: string | undefined): sanitizeHtml.Attributes => (src !== undefined && PICTURE.test(src) ? { src } : {});
const sizeOf = (name: string, value: string | undefined): sanitizeHtml.Attributes => (value !== undefined && /^[1-9]\d{0,3}$/.test(value) ? { [name]: value } : {});

/** The ids of the pictures that clean HTML shows, each once. */
export const imagesIn = (html: string): string[] => [...new Set([...html.matchAll(/<img src="\/api\/v1\/images\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id))];

/** Search engines owe nothing to a link that people put here. */
function attributesOf(href: string | undefined): sanitizeHtml.Attributes {
  if (href === undefined) return {};
  if (isOurs(href)) return { href };
  // Only what is a whole address: anything else a browser may read in its own way
  const url = URL.canParse(href) ? new URL(href) : undefined;
  return url && ['https:', 'http:', 'mailto:'].includes(url.protocol) ? { href: url.href, rel: 'nofollow ugc noopener' } : {};
}

const isOurs = (href: string): boolean => (href.startsWith('/') || href.startsWith(`${config.publicUrl}/`)) && URL.canParse(href, config.publicUrl) && new URL(href, config.publicUrl).origin === new URL(config.publicUrl).origin;

/** What was held, or is being rewritten, has been resolved once: its quotes are asked for anew. */
export const withoutCites = (markup: Markup): Markup => (markup.html.includes('<cite>') ? { ...markup, html: markup.html.replaceAll(CITE, '') } : markup);
