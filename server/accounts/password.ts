import { hash, verify } from '@node-rs/argon2';

/** Of no password: what an unknown address is checked against, so that it takes as long as a known one. */
const nobodys = hash(crypto.randomUUID());

/** argon2id with the library's present defaults (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'));

/** @param stored null for an unknown address or an account without password: always false, after the same work. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await nobodys), password.normalize('NFC'));
  return right && stored !== null;
}

/** What everybody tries first, in Italy and elsewhere; letters only, because what is put around them changes little. */
const COMMON = new Set([
  'password', 'passwordpassword', 'passw', 'parolachiave', 'parola', 'qwertyuiop', 'qwerty', 'asdfghjkl', 'zxcvbnm', 'qwertyuiopasdfghjkl', 'qazwsxedc', 'qazwsx', 'abcdefghijkl', 'abcdefgh', 'abcdef', 'abc', 'letmein', 'welcome', 'benvenuto',
  'benvenuta', 'ciaociao', 'ciao', 'administrator', 'amministratore', 'admin', 'amministrazione', 'provincia', 'comune', 'italia', 'forzaitalia', 'juventus', 'forzanapoli', 'forzainter', 'forzamilan', 'forzaroma', 'napoli', 'milan', 'inter',
  'iloveyou', 'tiamo', 'amoremio', 'amore', 'francesco', 'alessandro', 'valentina', 'superman', 'cambiami', 'changeme', 'segreto', 'segreta', 'ufficio', 'formazione', 'picopico', 'pico', 'monkey', 'dragon', 'football', 'calcio',
]);

const RUNS = ['01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** Whether a password is long but trivial: few different signs, a run of the keyboard, a common word, the person's own name or address. */
export function isTrivial(password: string, person: { givenName: string; familyName: string; email: string }): boolean {
  const plain = fold(password);
  if (new Set(plain).size < 5) return true;
  if (RUNS.some((run) => run.includes(plain)) || isRepetition(plain)) return true;
  const letters = plain.replace(/[^a-z]/g, '');
  if (COMMON.has(letters)) return true;
  const [local = ''] = person.email.split('@');
  const own = [person.givenName, person.familyName, person.givenName + person.familyName, person.familyName + person.givenName, local].map((part) => fold(part).replace(/[^a-z]/g, ''));
  return letters.length > 0 && own.includes(letters);
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** "abcabcabcabc": a short piece again and again. */
function isRepetition(text: string): boolean {
  for (let size = 1; size <= 4; size += 1) {
    if (text.slice(0, size).repeat(Math.ceil(text.length / size)).startsWith(text)) return true;
  }
  return false;
}
