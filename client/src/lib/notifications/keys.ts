/** `depends` key of the page of notices. */
export const NOTICES = 'pico:notices';
/** `depends` key of what one follows. */
export const FOLLOWED = 'pico:followed';
