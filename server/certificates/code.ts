import { randomInt } from 'node:crypto';

/** Crockford's alphabet: no I, L, O, U, which eyes and fingers confuse. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new certificate number: 80 random bits, `7K3M-9Q2X-0ABC-DEFG`. */
export function newCode(): string {
  const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/**
 * What a person typed, as the code it stands for; undefined where it cannot be one. Spaces, dashes of every kind (a document copied
 * by hand has others than ours) and letters that look like digits do not matter.
 */
export function normaliseCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s.\p{Pd}\u2212\u00ad]/gu, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (letters.length !== 16 || [...letters].some((letter) => !ALPHABET.includes(letter))) return undefined;
  return (letters.match(/.{4}/g) ?? []).join('-');
}
