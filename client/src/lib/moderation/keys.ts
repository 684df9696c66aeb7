/** `depends` key of the moderators' queue. */
export const CASES = 'pico:cases';
/** `depends` key of what moderators did. */
export const MEASURES = 'pico:measures';
/** `depends` key of what one wrote and waits for a moderator. */
export const HELD = 'pico:held';
