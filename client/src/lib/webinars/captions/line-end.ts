/** A line of subtitles: longer ones are broken where a word ends. */
const FULL = 70;
/** Shorter than this a sentence waits for the next one: `Sì. ` alone is gone before it is read. */
const LEAST = 12;

/** Whether what has been typed goes: at the end of a sentence, and at the end of a word where the line is full. */
export const isDone = (text: string): boolean => (text.length >= LEAST && /[.?!…:]["»”)]?\s$/.test(text)) || (text.length >= FULL && /\s$/.test(text));
