/** "Il giorno mer 25 nov 2026 alle ore 10:15 Anna <a@b.it> ha scritto:", in the words of the programs that people use. */
const WROTE = /^(?:il |in data |on |le ).{6,300}(?:ha scritto|wrote|a écrit)\s?:$/i;
/** A sentence that ends so has no hour and no address in it. */
const WHEN_OR_WHO = /\d{1,2}[:.]\d{2}|@|\d{1,2}\/\d{1,2}\/\d{2,4}/;
const ORIGINAL = /^[-_ ]{2,20}\s?(?:messaggio originale|messaggio inoltrato|original message|forwarded message)\s?[-_ ]{2,20}$/i;
const RULE = /^_{10,}$/;
/** The head that Outlook writes above what it quotes. */
const FROM = /^\*?(?:da|from)\s?:\*?\s.{1,300}/i;
const HEAD = /^\*?(?:inviato|data|sent|date|a|to|cc|oggetto|subject)\s?:\*?/i;
const QUOTED = /^\s{0,3}>/;
const SIGNATURE = /^--\s*$/;
/** What telephones and programs add below. */
const SENT_FROM = /^(?:inviato (?:da|dal|dalla|con)|sent (?:from|with)|ottieni outlook|get outlook|scarica outlook|envoyé de)\b.{0,160}$/i;

/** An introduction of a quote may be broken over so many lines. */
const BROKEN = 4;

/** The lines of an introduction that begins at this one; 0 where none does. */
function introduction(lines: string[], at: number): number {
  for (let count = 1; count <= BROKEN; count += 1) {
    const joined = lines.slice(at, at + count).map((line) => line.trim()).join(' ');
    if (WROTE.test(joined) && WHEN_OR_WHO.test(joined)) return count;
    if (joined.length > 330 || lines[at + count]?.trim() === '') return 0;
  }
  return 0;
}

/** Whether from here on another message is copied whole. */
function isCopied(lines: string[], at: number): boolean {
  const line = lines[at]?.trim() ?? '';
  if (ORIGINAL.test(line)) return true;
  const head = RULE.test(line) ? lines.findIndex((next, index) => index > at && next.trim() !== '') : at;
  return FROM.test(lines[head]?.trim() ?? '') && lines.slice(head + 1, head + 8).filter((next) => HEAD.test(next.trim())).length >= 2;
}

/**
 * What a person wrote in a mail: without what she quotes, above or below, without her signature and what her telephone adds.
 * Line by line, so that no text can make it slow.
 */
export function stripQuotes(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\u00A0', ' ').split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (SIGNATURE.test(line) || isCopied(lines, at)) break;
    if (QUOTED.test(line)) continue;
    const count = introduction(lines, at);
    if (count === 0) {
      kept.push(line);
      continue;
    }
    // What follows is either marked line by line, and an answer may stand below it, or it is the end
    const after = lines.slice(at + count).find((next) => next.trim() !== '');
    if (after === undefined || !QUOTED.test(after)) break;
    at += count - 1;
  }
  while (kept.length > 0 && (kept.at(-1)?.trim() === '' || SENT_FROM.test(kept.at(-1)?.trim() ?? ''))) kept.pop();
  return kept.join('\n').trim();
}
