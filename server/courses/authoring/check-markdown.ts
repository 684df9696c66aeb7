import type { Token } from 'markdown-it';
import type { Finding, Position } from './finding.ts';
import { allTokens, ASSET_LINK, calloutOf, parseMarkdown } from './markdown.ts';
import type { LessonFile } from './read-course.ts';

/** What the text of a lesson gets wrong, and which assets it refers to. */
export function checkMarkdown(lesson: LessonFile, assets: Set<string>): { findings: Finding[]; used: string[] } {
  const { file } = lesson.head;
  const tokens = parseMarkdown(lesson.body);
  const place = finder(lesson);
  const findings: Finding[] = [];
  const used: string[] = [];
  const report = (message: string, lines: [number, number], needle: string) => findings.push({ file, ...place(lines, needle), message });

  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') checkHeading(tokens, index, report);
    if (token.type === 'blockquote_open' && calloutOf(tokens, index) === 'unknown') report('riquadro sconosciuto: sono ammessi [!NOTE], [!TIP] e [!WARNING]', token.map ?? [0, 0], '[!');
  });
  for (const { token, lines } of allTokens(tokens)) {
    if (token.type === 'html_block' || token.type === 'html_inline') report('HTML non ammesso: si scrive soltanto Markdown', lines, token.content.trim().split('\n')[0] ?? '<');
    if (token.type === 'text' && token.content.includes('](')) report('collegamento non valido: così com\'è si legge come testo', lines, '](');
    if (token.type === 'image') checkImage(token, lines);
    if (token.type === 'link_open') checkLink(String(token.attrGet('href') ?? ''), lines);
  }
  return { findings, used };

  function checkImage(token: Token, lines: [number, number]): void {
    const source = String(token.attrGet('src') ?? '');
    if (token.content.trim() === '') report("manca il testo alternativo dell'immagine: ![Che cosa si vede](…)", lines, source);
    if (!refersToAsset(source, lines)) report(`le immagini stanno in assets/ e si scrivono ../assets/nome: «${source}»`, lines, source);
  }

  function checkLink(address: string, lines: [number, number]): void {
    if (/^(https?:\/\/[^/]|mailto:.+@)/.test(address)) return;
    if (!refersToAsset(address, lines)) report(`collegamento non ammesso: «${address}» (https://…, mailto:… oppure ../assets/nome)`, lines, address);
  }

  function refersToAsset(address: string, lines: [number, number]): boolean {
    const name = ASSET_LINK.exec(address)?.[1];
    if (name === undefined) return false;
    used.push(name);
    if (!assets.has(name)) report(`assets/${name} non esiste`, lines, address);
    return true;
  }
}

function checkHeading(tokens: Token[], index: number, report: (message: string, lines: [number, number], needle: string) => void): void {
  const token = tokens[index];
  if (!token) return;
  const level = Number(token.tag.slice(1));
  const before = tokens.slice(0, index).findLast(({ type }) => type === 'heading_open');
  const previous = before ? Number(before.tag.slice(1)) : 1;
  if (level === 1) report('i titoli cominciano dal secondo livello (##): il primo è il titolo della lezione', token.map ?? [0, 0], '#');
  else if (level > Math.max(previous, 1) + 1) report(`titolo di livello ${level} dopo uno di livello ${previous}: se ne salta uno`, token.map ?? [0, 0], '#');
  if ((tokens[index + 1]?.content ?? '').trim() === '') report('titolo vuoto', token.map ?? [0, 0], '#');
}

/** Where in a block a text stands: the same text further on is found at its own place. */
function finder(lesson: LessonFile): (lines: [number, number], needle: string) => Position {
  const text = lesson.body.split('\n');
  const seen = new Map<string, number>();
  return ([from, to], needle) => {
    const key = `${from} ${needle}`;
    let skip = seen.get(key) ?? 0;
    seen.set(key, skip + 1);
    for (let line = from; line < Math.max(to, from + 1); line += 1) {
      for (let at = text[line]?.indexOf(needle) ?? -1; at >= 0; at = text[line]?.indexOf(needle, at + 1) ?? -1) {
        if (skip === 0) return { line: line + lesson.bodyLine, column: at + 1 };
        skip -= 1;
      }
    }
    return { line: from + lesson.bodyLine, column: 1 };
  };
}
