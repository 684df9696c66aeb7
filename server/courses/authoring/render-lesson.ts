import markdownIt, { type Token } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { ASSET_LINK, calloutOf, type Callout, CALLOUTS } from './markdown.ts';

const LABELS: Record<'it' | 'en', Record<Callout, string> & { table: string }> = {
  it: { note: 'Nota', tip: 'In pratica', warning: 'Attenzione', table: 'Tabella' },
  en: { note: 'Note', tip: 'In practice', warning: 'Beware', table: 'Table' },
};
/** Names of bootstrap-italia's callouts. */
const LOOKS: Record<Callout, string> = { note: 'note', tip: 'success', warning: 'warning' };

const renderer = markdownIt({ html: false, typographer: false });

renderer.renderer.rules['callout_open'] = (tokens, index) => {
  const { kind, label } = (tokens[index]?.meta ?? {}) as { kind: Callout; label: string };
  return `<aside class="callout ${LOOKS[kind]}" role="note" aria-label="${label}"><div class="callout-inner"><div class="callout-title"><span class="text">${label}</span></div>\n`;
};
renderer.renderer.rules['callout_close'] = () => '</div></aside>\n';
// Wide tables scroll by themselves, for the keyboard too
renderer.renderer.rules['table_open'] = (tokens, index) => `<div class="table-responsive" role="region" tabindex="0" aria-label="${String(tokens[index]?.meta?.['label'])}"><table class="table">\n`;
renderer.renderer.rules['table_close'] = () => '</table></div>\n';

/**
 * The HTML of a lesson's text, sanitised: it can be shown as it is.
 * @param addressOf the address of an asset by its name.
 */
export function renderLesson(body: string, language: 'it' | 'en', addressOf: (name: string) => string): string {
  const labels = LABELS[language];
  const tokens = withCallouts(renderer.parse(body, {}), labels);
  let tables = 0;
  for (const token of tokens) {
    if (token.type === 'table_open') token.meta = { label: `${labels.table} ${(tables += 1)}` };
    if (token.type === 'th_open') token.attrSet('scope', 'col');
    for (const child of token.children ?? []) pointToAssets(child, addressOf);
  }
  return sanitizeHtml(renderer.renderer.render(tokens, renderer.options, {}), ALLOWED);
}

/** Quotations that begin with `[!NOTE]` become asides with a name. */
function withCallouts(tokens: Token[], labels: Record<Callout, string>): Token[] {
  const hidden = new Set<Token>();
  tokens.forEach((token, index) => {
    if (token.type !== 'blockquote_open') return;
    const kind = CALLOUTS.find((known) => known === calloutOf(tokens, index));
    const close = tokens.slice(index).find((other) => other.type === 'blockquote_close' && other.level === token.level);
    const inline = tokens[index + 2];
    if (!kind || !close || !inline) return;
    token.type = 'callout_open';
    token.meta = { kind, label: labels[kind] };
    close.type = 'callout_close';
    // The marker and the line break after it
    inline.children = (inline.children ?? []).slice(inline.children?.[1]?.type === 'softbreak' ? 2 : 1);
    if (inline.children.length === 0) for (const part of tokens.slice(index + 1, index + 4)) hidden.add(part);
  });
  return tokens.filter((token) => !hidden.has(token));
}

function pointToAssets(token: Token, addressOf: (name: string) => string): void {
  const attribute = token.type === 'image' ? 'src' : 'href';
  const address = String(token.attrGet(attribute) ?? '');
  const name = ASSET_LINK.exec(address)?.[1];
  if (name !== undefined) token.attrSet(attribute, addressOf(name));
  else if (token.type === 'link_open' && /^https?:/.test(address)) token.attrSet('rel', 'noopener noreferrer');
  if (token.type === 'image') token.attrSet('loading', 'lazy');
}

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'hr', 'br', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'aside', 'div', 'span'],
  allowedAttributes: {
    a: ['href', 'title', 'rel'], img: ['src', 'alt', 'title', 'loading'], ol: ['start'], th: ['scope', 'style'], td: ['style'],
    aside: ['class', 'role', 'aria-label'], div: ['class', 'role', 'tabindex', 'aria-label'], span: ['class'], table: ['class'],
  },
  allowedStyles: { '*': { 'text-align': [/^(left|right|center)$/] } },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
};
