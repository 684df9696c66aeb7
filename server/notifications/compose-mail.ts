import type { Language } from '../http/actor.ts';
import { type NoticeKind, type NoticeParams, textOf } from './texts.ts';

const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const FOOT: Record<Language, string> = {
  it: 'Ricevi questo messaggio perché hai un profilo in Pi.Co., la piattaforma di collaborazione delle Province (Unione delle Province d’Italia).',
  en: "You receive this message because you have an account on Pi.Co., the collaboration platform of the Italian Provinces (Unione delle Province d'Italia).",
};

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail of this kind, as text and as plain HTML without images or anything remote. @param url where its button leads. */
export function composeMail(kind: NoticeKind, language: Language, params: NoticeParams, url: string): ComposedMail {
  const { title, text, action } = textOf(kind, language, params);
  return {
    subject: title,
    text: `${text}\n\n${action}:\n${url}\n\n-- \n${FOOT[language]}\n`,
    html: `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title></head>
<body style="margin:0;background:#f2f5f8;font-family:'Titillium Web',Arial,sans-serif;color:#17324d">
<div style="max-width:560px;margin:0 auto;padding:24px">
<p style="font-weight:700;font-size:20px;color:#0059b3;margin:0 0 16px">Pi.Co.</p>
<div style="background:#fff;border-radius:4px;padding:24px">
<h1 style="font-size:22px;line-height:1.3;margin:0 0 12px">${escape(title)}</h1>
<p style="font-size:16px;line-height:1.5;margin:0 0 20px">${escape(text)}</p>
<p style="margin:0 0 16px"><a href="${escape(url)}" style="display:inline-block;background:#0059b3;color:#fff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:4px">${escape(action)}</a></p>
<p style="font-size:13px;color:#455a70;margin:0;overflow-wrap:anywhere">${escape(url)}</p>
</div>
<p style="font-size:13px;line-height:1.5;color:#455a70;margin:16px 0 0">${escape(FOOT[language])}</p>
</div></body></html>`,
  };
}
