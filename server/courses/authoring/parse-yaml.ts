import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Finding, type Position, START } from './finding.ts';

/** What a YAML text says, and where it says it. */
export interface Parsed<T> {
  file: string;
  /** Undefined when there are findings. */
  value: T | undefined;
  findings: Finding[];
  /** Where a value stands: `at(['modules', 0, 'id'])`; the nearest thing around it when it is missing. */
  at(path: readonly PropertyKey[]): Position;
}

/** The texts of our own rules; the others are zod's, in Italian. */
const TEXTS: Record<string, string> = {
  'bad-key': 'un id è fatto di lettere minuscole, cifre e trattini (per esempio «quadro-normativo»)',
  'bad-fraction': 'serve una frazione come 2/3',
  'fraction-above-one': 'la frazione non può superare 1',
  'bad-completion': 'non è una regola: sono ammesse «lessons», «quiz», «attendance» e i gruppi «all» e «any»',
  'bad-asset-path': 'serve un percorso come assets/nome.webm: lettere senza accenti, cifre, punti e trattini, senza altre cartelle',
};

/**
 * Parses and checks a YAML text.
 * @param firstLine the line of the file on which the text begins: front matter begins on the second.
 */
export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S, firstLine = 1): Parsed<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: Math.max(col, 1) };
  };
  const at = (path: readonly PropertyKey[]): Position => locate(document, path, positionOf);
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.length > 0) {
    return { file, value: undefined, at, findings: syntax.map((error) => ({ file, ...positionOf(error.pos[0]), message: `YAML: ${error.message}` })) };
  }
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 20 }), { error: z.locales.it().localeError });
  return { file, value: checked.success ? checked.data : undefined, at, findings: (checked.error?.issues ?? []).flatMap((issue) => findingsOf(issue, file, at)) };
}

function findingsOf(issue: z.core.$ZodIssue, file: string, at: Parsed<unknown>['at']): Finding[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ file, ...at([...issue.path, key]), message: `campo sconosciuto: «${key}»` }));
  }
  const deeper = issue.code === 'invalid_union' ? closest(issue.errors) : undefined;
  if (deeper) return deeper.flatMap((inner) => findingsOf({ ...inner, path: [...issue.path, ...inner.path] }, file, at));
  const where = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  return [{ file, ...at(issue.path), message: where + (TEXTS[issue.message] ?? issue.message) }];
}

/** Of the ways in which a value fits no alternative, the one that got furthest; undefined when none got anywhere. */
function closest(alternatives: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const depth = (issues: z.core.$ZodIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  const best = alternatives.toSorted((a, b) => depth(b) - depth(a))[0];
  return best && depth(best) > 1 ? best : undefined;
}

function locate(document: Document, path: readonly PropertyKey[], positionOf: (offset: number) => Position): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return positionOf(offset);
  }
  return START;
}

/** A field is found by its key, an element of a list by itself. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const last = path.at(-1);
  const parent: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (last !== undefined && isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    return pair && isNode(pair.key) ? pair.key.range?.[0] : undefined;
  }
  const node: unknown = path.length > 0 ? document.getIn(path, true) : document.contents;
  return isNode(node) ? node.range?.[0] : undefined;
}
