import { createHmac, timingSafeEqual } from 'node:crypto';

/** A code is shown for so long; the one before holds a little longer, for who is just typing it. */
export const CODE_MS = 20_000;
export const GRACE_MS = 10_000;
/** Without what looks alike on a wall: no 0, O, 1, I, L, 5, S, 8, B. */
const LETTERS = 'ACDEFGHJKMNPQRTUVWXYZ234679';
export const CODE_LENGTH = 6;

const windowOf = (now: Date): number => Math.floor(now.getTime() / CODE_MS);

/** The code of a moment. Who has seen one knows nothing of the next. */
export function codeAt(secret: Buffer, now: Date): string {
  return codeOf(secret, windowOf(now));
}

function codeOf(secret: Buffer, window: number): string {
  let rest = createHmac('sha256', secret).update(String(window)).digest().readBigUInt64BE();
  let code = '';
  for (let i = 0; i < CODE_LENGTH; i += 1) {
    code += LETTERS[Number(rest % BigInt(LETTERS.length))] ?? '';
    rest /= BigInt(LETTERS.length);
  }
  return code;
}

/** Whether somebody has just seen it: it is that of now, or was until a moment ago. */
export function isCodeAt(secret: Buffer, code: string, now: Date): boolean {
  const given = Buffer.from(code.trim().toUpperCase());
  return [now, new Date(now.getTime() - GRACE_MS)].some((moment) => {
    const right = Buffer.from(codeAt(secret, moment));
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

/** How long the code of this moment is still shown, in ms. */
export const leftOf = (now: Date): number => CODE_MS - (now.getTime() % CODE_MS);
