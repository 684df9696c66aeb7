/** What the door says that will be otherwise in a moment: the server is in trouble, or still busy with the entry before. */
const PASSING = new Set(['internal', 'gone', 'joined-already', 'not-ready', 'too-many-requests', 'line']);

/** @param code what `live:join` was refused with. @returns whether it is of no use to ask again. */
export const isFinalAtDoor = (code: string): boolean => !PASSING.has(code);

/** @param message of a `connect_error`. Everything else is a line that failed, and is tried again. */
export const isFinalOnLine = (message: string): boolean => message === 'not-signed-in';

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before coming back, ms: longer each time, and a crowd that was cut off together does not come back in the same instant.
 * @param tries how often it was tried already. @param chance 0 to 1.
 */
export const pauseBefore = (tries: number, chance: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * (1 + 3 * chance);
