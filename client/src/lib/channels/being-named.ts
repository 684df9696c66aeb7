/** Up to three words after an @: longer names are found by their beginning. */
const NAME = /(?:^|[\s(«"])@(\p{L}[\p{L}'’.-]*(?: [\p{L}'’.-]+){0,2})$/u;

/** The words after the @ that is being typed; undefined where nobody is being named. @param before the text up to the caret. */
export const beingNamed = (before: string): string | undefined => NAME.exec(before)?.[1];
