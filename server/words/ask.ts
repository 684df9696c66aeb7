import { distance } from 'fastest-levenshtein';
import { DICTIONARY, type Entry, formsOf, saidOf } from './dictionary.ts';

/** What somebody typed, as PostgreSQL is asked for it. */
export interface Asked {
  /** For `websearch_to_tsquery`: what was typed, and what else it is called. */
  text: string;
  /** The same where one of its parts is enough. */
  any: string;
  /** What else it is called: said to the person, who may want only what she wrote. */
  also: string[];
  /** Its words long enough to be told apart from words that look alike. */
  words: string[];
}

/** Shorter words look like too many others. */
const SHORTEST = 3;

/** So many ways of saying it at most: a text full of names of ours costs no more than these. */
const MOST_WAYS = 24;

/** Of what stands between the words of a name people write what they like. */
const SMALL = new Set('a ad al alla alle allo ai agli all con da dal dalla dalle dei del della delle dello degli dell di d e ed i il in l la le lo gli nel nella nelle nei per su sul sulla sulle tra fra un una uno'.split(' '));

/** Where an apostrophe begins the next word: "dell’ente", "l'ente". */
const ELIDED = /^(?:l|un|d|dell|all|nell|sull|dall|quest|quell|coll)$/;

type Form = { entry: Entry; term: string };

/** Every form of the dictionary by its words. */
const FORMS = new Map<string, Form>(
  DICTIONARY.flatMap((entry) => entry.terms.flatMap((names) => formsOf(names).map((form): [string, Form] => [keyOf(form).join(' '), { entry, term: saidOf(names) }]))),
);

/** The words that the dictionary knows: only towards them a slip of the finger is mended. */
const VOCABULARY = [...new Set([...FORMS.keys()].flatMap((key) => key.split(' ')))].filter((word) => /^\p{L}{4,}$/u.test(word));

const LONGEST = Math.max(...[...FORMS.keys()].map((key) => key.split(' ').length));

/** The words that count of a text: without accents, in small letters, an acronym without its dots. */
function keyOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const whole = plain.replaceAll(/\b(?:\p{L}\.){2,}\p{L}?/gu, (acronym) => acronym.replaceAll('.', ''));
  return whole.split(/[^\p{L}\p{N}/]+/u).filter((word) => word !== '' && !SMALL.has(word) && !ELIDED.test(word));
}

interface Piece {
  /** A word, a phrase in quotes, or either of them excluded; `or` begins another question. */
  kind: 'word' | 'phrase' | 'without' | 'or';
  /** As PostgreSQL reads it. */
  raw: string;
  key: string[];
}

function piecesOf(q: string): Piece[] {
  const typed = q.replaceAll(/[“”„«»]/g, '"').replaceAll('’', "'");
  return [...typed.matchAll(/(-?)"([^"]*)"|(\S+)/g)].flatMap(([whole, minus, phrase, word]): Piece[] => {
    if (phrase !== undefined) return phrase.trim() === '' ? [] : [{ kind: minus ? 'without' : 'phrase', raw: whole, key: keyOf(phrase) }];
    const raw = (word ?? '').replaceAll('"', '');
    if (raw === '' || raw === '-') return [];
    if (raw.toLowerCase() === 'or') return [{ kind: 'or', raw, key: [] }];
    return [{ kind: raw.startsWith('-') ? 'without' : 'word', raw, key: keyOf(raw) }];
  });
}

/** Words of the question that belong together: as they were typed, and what else that is called. */
interface Unit {
  pieces: Piece[];
  also: string[];
  /** Every way of saying it. */
  ways: string[];
}

/** The longest name that begins at a word. */
function nameAt(pieces: Piece[], from: number): { form: Form; length: number } | undefined {
  const key: string[] = [];
  let found: { form: Form; length: number } | undefined;
  for (const [index, piece] of pieces.slice(from).entries()) {
    if (piece.kind !== 'word' || key.length > LONGEST) break;
    key.push(...piece.key);
    const form = piece.key.length > 0 ? FORMS.get(key.join(' ')) : undefined;
    if (form && (form.entry.capitals !== true || key.length > 1 || pieces.length === 1 || piece.raw === piece.raw.toUpperCase())) found = { form, length: index + 1 };
  }
  return found;
}

const quoted = (term: string): string => `"${term.replaceAll('’', "'")}"`;
const asTyped = (pieces: Piece[]): string => pieces.map(({ raw }) => raw).join(' ');

function unitsOf(pieces: Piece[]): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < pieces.length; ) {
    const name = pieces[at]?.key.length ? nameAt(pieces, at) : undefined;
    const own = pieces.slice(at, at + (name?.length ?? 1));
    const also = name ? name.form.entry.terms.map(saidOf).filter((term) => term !== name.form.term) : [];
    // "SUA" is also "her": a word that no index keeps is asked for by its other names alone
    const lost = name?.form.entry.capitals === true && own.length === 1;
    units.push({ pieces: own, also, ways: [...(lost ? [] : [asTyped(own)]), ...also.map(quoted)] });
    at += own.length;
  }
  return units;
}

const literally = (pieces: Piece[]): Unit[] => pieces.map((piece) => ({ pieces: [piece], also: [], ways: [piece.raw] }));

/** Every way of saying all units. */
function waysOf(units: Unit[]): string[] {
  return units.reduce<string[]>((so, { ways, pieces }) => {
    const ours = so.length * ways.length <= MOST_WAYS ? ways : [asTyped(pieces)];
    return so.flatMap((before) => ours.map((way) => `${before} ${way}`.trim()));
  }, ['']);
}

/** A part that is enough by itself: words that make a name do so together. */
const partOf = ({ pieces, also }: Unit): string[] => [pieces.length > 1 ? quoted(asTyped(pieces)) : asTyped(pieces), ...also.map(quoted)];

/**
 * Reads what somebody typed: words, "phrases", -excluded, `or`. What the dictionary knows by other names is asked for by those too, because a thesaurus of
 * PostgreSQL's own would have to lie on its server. A phrase and what is excluded are taken by the letter.
 * @param literal nothing but what was typed.
 */
export function ask(q: string, literal = false): Asked {
  const questions: Piece[][] = [[]];
  for (const piece of piecesOf(q)) {
    if (piece.kind === 'or') questions.push([]);
    else questions.at(-1)?.push(piece);
  }
  const read = questions.filter((pieces) => pieces.length > 0).map(literal ? literally : unitsOf);
  const units = read.flat();
  const wanted = units.filter(({ pieces }) => pieces[0]?.kind !== 'without');
  const words = wanted.flatMap(({ pieces }) => pieces.flatMap(({ raw }) => raw.split(/[^\p{L}\p{N}]+/u)));
  return {
    text: read.flatMap(waysOf).join(' or '),
    any: wanted.flatMap(partOf).join(' or '),
    also: [...new Set(units.flatMap(({ also }) => also))],
    words: [...new Set(words)].filter((word) => word.length >= SHORTEST),
  };
}

/** "reponsabile" is one slip away from "responsabile"; two are forgiven in a long word. */
const slips = (word: string): number => (word.length >= 8 ? 2 : 1);

/** The same with a name of the dictionary spelt right, where a slip of the finger hid it; else null. */
export function correct(q: string): string | null {
  const pieces = piecesOf(q);
  const mended = pieces.map((piece): Piece => {
    const [word, ...more] = piece.key;
    if (piece.kind !== 'word' || word === undefined || more.length > 0 || word.length < 4 || VOCABULARY.includes(word)) return piece;
    const near = VOCABULARY.map((known) => ({ known, far: distance(word, known) })).filter(({ far }) => far <= slips(word)).sort((a, b) => a.far - b.far);
    const [best] = near;
    return best ? { kind: 'word', raw: best.known, key: keyOf(best.known) } : piece;
  });
  // A slip is mended only where the dictionary then knows what is meant
  const known = new Set(unitsOf(mended).filter(({ also }) => also.length > 0).flatMap((unit) => unit.pieces));
  const right = mended.map((piece, index) => (known.has(piece) ? piece : pieces[index])?.raw ?? '');
  return right.some((raw, index) => raw !== pieces[index]?.raw) ? right.join(' ') : null;
}
