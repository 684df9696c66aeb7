/** `depends` key of the list of one's channels. */
export const CHANNELS = 'pico:channels';
/** `depends` key of the page of a channel. */
export const CHANNEL = 'pico:channel';
