import markdownIt, { type Token } from 'markdown-it';

/** How a lesson refers to an asset of its course. */
export const ASSET_LINK = /^\.\.\/assets\/([\w.-]+)$/;

export const CALLOUTS = ['note', 'tip', 'warning'] as const;
export type Callout = (typeof CALLOUTS)[number];

// html: true only so that the linter can see what it refuses; the renderer has its own
const parser = markdownIt({ html: true });

export const parseMarkdown = (body: string): Token[] => parser.parse(body, {});

/** Every token of the text, those inside paragraphs too, each with the lines of its block. */
export function allTokens(tokens: Token[], lines: [number, number] = [0, 0]): { token: Token; lines: [number, number] }[] {
  return tokens.flatMap((token) => {
    const own = token.map ?? lines;
    return [{ token, lines: own }, ...allTokens(token.children ?? [], own)];
  });
}

/** The words of a text, without marks. */
export function plainText(tokens: Token[]): string {
  return allTokens(tokens)
    .filter(({ token }) => ['text', 'code_inline', 'fence', 'code_block'].includes(token.type))
    .map(({ token }) => token.content)
    .join(' ');
}

/** The kind of a callout whose first line is `[!NOTE]`; undefined for an ordinary quotation, 'unknown' for one nobody knows. */
export function calloutOf(tokens: Token[], blockquote: number): Callout | 'unknown' | undefined {
  const first = tokens[blockquote + 2];
  if (tokens[blockquote + 1]?.type !== 'paragraph_open' || first?.type !== 'inline') return undefined;
  const marker = /^\[!(\w+)\](?:\n|$)/.exec(first.content);
  if (!marker) return undefined;
  const kind = marker[1]?.toLowerCase();
  return CALLOUTS.find((known) => known === kind) ?? 'unknown';
}
