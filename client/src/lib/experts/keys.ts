/** What hangs on it: `invalidate(EXPERTISE)` after a change of one’s own. */
export const EXPERTISE = 'pico:expertise';
