/** `depends` key of pages that show networks: what they are, and what I am in them. */
export const NETWORKS = 'pico:networks';
/** `depends` key of lists of threads. */
export const THREADS = 'pico:threads';
/** `depends` key of the page of a thread. */
export const THREAD = 'pico:thread';
/** `depends` key of who is in a network, and who asks to be. */
export const MEMBERS = 'pico:members';
/** `depends` key of what one has begun and not sent. */
export const DRAFTS = 'pico:drafts';
