/** `depends` key of the page of notices. */
export const NOTICES = 'pico:notices';
