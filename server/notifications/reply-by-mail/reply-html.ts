import { cleanMarkup } from '../../community/clean-markup.ts';
import { stripQuotes } from './strip-quotes.ts';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Where programs begin to quote in HTML: Gmail, Apple Mail and Thunderbird, Outlook on the web, on telephones and on the desk, Libero and others. */
const QUOTE_BEGINS = [
  /<div[^>]{0,200}class="?[^">]{0,80}gmail_(?:quote|signature|extra)/i, /<blockquote[^>]{0,200}type="?cite/i, /<div[^>]{0,200}class="?moz-cite-prefix/i, /<div[^>]{0,200}id="?(?:divRplyFwdMsg|appendonsend|ms-outlook-mobile|mail-editor-reference)/i,
  /<div[^>]{0,300}style="?[^">]{0,200}border-top:\s?solid #(?:e1e1e1|b5c4df)/i, /<div[^>]{0,100}class="?(?:yahoo_quoted|protonmail_quote|zmail_extra)/i,
];
/** The blocks that introduce a quote, once the HTML is clean. */
const INTRODUCED = /<p>(?:<[a-z]{1,10}>){0,3}(?:(?:Il giorno|Il \d|Il (?:lun|mar|mer|gio|ven|sab|dom)|In data|On)\b[^<]{4,300}(?:<[^>]{1,300}>[^<]{0,200}){0,6}(?:ha scritto|wrote)\s?:|(?:Da|From):(?:<\/[a-z]{1,10}>){0,3}\s?[^<]{1,300}|[-_ ]{2,20}\s?(?:Messaggio originale|Original Message))/i;

/** The least place where one of these is found; the whole length where none is. */
const firstOf = (html: string, patterns: RegExp[]) => Math.min(html.length, ...patterns.map((pattern) => html.search(pattern)).filter((at) => at >= 0));

/** Plain words as an editor would have made them. */
export function htmlOfText(text: string): string {
  return stripQuotes(text).split(/\n\s*\n/).map((block) => `<p>${escape(block.trim()).replaceAll(/\s*\n\s*/g, '<br>')}</p>`).join('');
}

/** What stands above the quote of a mail in HTML, cleaned. @throws AppError 422 `post-empty` */
export function htmlOfHtml(html: string): string {
  const body = /<body[^>]{0,500}>([\s\S]*)/i.exec(html)?.[1] ?? html;
  const { html: clean } = cleanMarkup(body.slice(0, firstOf(body, QUOTE_BEGINS)));
  return cleanMarkup(clean.slice(0, firstOf(clean, [INTRODUCED]))).html.replace(/(?:<br \/>|\s){1,50}$/, '');
}
