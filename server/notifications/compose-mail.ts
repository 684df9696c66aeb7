import type { Language } from '../http/actor.ts';
import { type NoticeKind, type NoticeParams, textOf } from './texts.ts';

export const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const FOOT: Record<Language, string> = {
  it: 'Ricevi questo messaggio perché hai un profilo in Pi.Co., la piattaforma di collaborazione delle Province (Unione delle Province d’Italia).',
  en: "You receive this message because you have an account on Pi.Co., the collaboration platform of the Italian Provinces (Unione delle Province d'Italia).",
};

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

export interface MailLink {
  label: string;
  /** Absolute. */
  url: string;
}

/** A list in the mail: what there is to do, each with its page. */
export interface MailSection {
  title: string;
  items: (MailLink & { note: string })[];
}

/** What stands in a mail besides its text and its button. */
export interface MailParts {
  /** Instead of the title. */
  subject?: string;
  /** What somebody wrote, as plain words. */
  quote?: string;
  sections?: MailSection[];
  /** Why it came, and what one can do about it: at its foot. */
  why?: string;
  links?: MailLink[];
}

/** A mail of this kind, as text and as plain HTML without images or anything remote. @param url where its button leads. */
export function composeMail(kind: NoticeKind, language: Language, params: NoticeParams, url: string, parts: MailParts = {}): ComposedMail {
  const { title, text, action } = textOf(kind, language, params);
  return { subject: parts.subject ?? title, text: textMail({ text, action, url }, language, parts), html: htmlMail({ title, text, action, url }, language, parts) };
}

function textMail({ text, action, url }: Record<'text' | 'action' | 'url', string>, language: Language, { quote, sections = [], why, links = [] }: MailParts): string {
  const lists = sections.map(({ title, items }) => `${title}\n${items.map(({ label, note, url: place }) => `\n- ${label}\n  ${note}\n  ${place}\n`).join('')}`);
  const foot = [...(why === undefined ? [] : [why]), ...links.map(({ label, url: place }) => `${label}: ${place}`), FOOT[language]];
  return `${[text, ...(quote === undefined ? [] : [`  ${quote}`]), ...lists, `${action}:\n${url}`].join('\n\n')}\n\n-- \n${foot.join('\n')}\n`;
}

const SMALL = 'font-size:13px;line-height:1.5;color:#455a70;margin:16px 0 0';

function htmlMail({ title, text, action, url }: Record<'title' | 'text' | 'action' | 'url', string>, language: Language, { quote, sections = [], why, links = [] }: MailParts): string {
  const lists = sections.map((section) => `<h2 style="font-size:18px;margin:24px 0 8px">${escape(section.title)}</h2>
<ul style="padding:0;margin:0 0 20px;list-style:none">${section.items.map(({ label, note, url: place }) => `<li style="margin:0 0 12px"><a href="${escape(place)}" style="color:#0059b3;font-weight:600">${escape(label)}</a><br><span style="font-size:14px;color:#455a70">${escape(note)}</span></li>`).join('')}</ul>`).join('');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title></head>
<body style="margin:0;background:#f2f5f8;font-family:'Titillium Web',Arial,sans-serif;color:#17324d">
<div style="max-width:560px;margin:0 auto;padding:24px">
<p style="font-weight:700;font-size:20px;color:#0059b3;margin:0 0 16px">Pi.Co.</p>
<div style="background:#fff;border-radius:4px;padding:24px">
<h1 style="font-size:22px;line-height:1.3;margin:0 0 12px">${escape(title)}</h1>
<p style="font-size:16px;line-height:1.5;margin:0 0 20px">${escape(text)}</p>
${quote === undefined ? '' : `<blockquote style="margin:0 0 20px;padding:0 0 0 16px;border-left:4px solid #b1c4d8;font-size:16px;line-height:1.5">${escape(quote)}</blockquote>\n`}${lists}<p style="margin:0 0 16px"><a href="${escape(url)}" style="display:inline-block;background:#0059b3;color:#fff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:4px">${escape(action)}</a></p>
<p style="font-size:13px;color:#455a70;margin:0;overflow-wrap:anywhere">${escape(url)}</p>
</div>
${why === undefined ? '' : `<p style="${SMALL}">${escape(why)}</p>\n`}${links.length === 0 ? '' : `<p style="${SMALL}">${links.map(({ label, url: place }) => `<a href="${escape(place)}" style="color:#0059b3">${escape(label)}</a>`).join(' · ')}</p>\n`}<p style="${SMALL}">${escape(FOOT[language])}</p>
</div></body></html>`;
}
