import sanitizeHtml from 'sanitize-html';
import { config } from '../config.ts';
import { invalidField } from '../errors.ts';

/** What a post may contain. Everything else loses its tag; what could run, its content too. */
const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'strong', 'em', 's', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'h3', 'h4', 'pre', 'code', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'img'],
  allowedAttributes: { img: ['src', 'alt', 'width', 'height'], a: ['href', 'rel'], th: ['colspan', 'rowspan', 'scope'], td: ['colspan', 'rowspan'], ol: ['start'] },
  allowedSchemes: ['https', 'http', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  // A page has one h1 and its own h2
  transformTags: {
    b: 'strong', i: 'em', strike: 's', del: 's', h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4', div: 'p',
    a: (tagName, { href }) => ({ tagName, attribs: attributesOf(href) }),
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
  const html = sanitizeHtml(sanitizeHtml(dirty.replaceAll(CONTROL, ''), OPTIONS), OPTIONS).replaceAll(/<p>(?:\s|&nbsp;|\u00A0|<br \/>)*<\/p>/gu, '').trim();
  const words = wordsOf(html);
  return words === '' && imagesIn(html).length === 0 ? { html: '', words } : { html, words };
}

function wordsOf(html: string): string {
  // Blocks are apart from each other also without their tags
  const spaced = html.replaceAll(/<(?:\/(?:p|li|h3|h4|tr|td|th|blockquote|pre)|br \/|hr \/)>/g, '$& ');
  return sanitizeHtml(spaced, TEXT).replaceAll(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity).replaceAll(/\s+/gu, ' ').trim();
}

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
