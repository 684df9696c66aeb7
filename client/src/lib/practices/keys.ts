/** `depends` key of lists of best practices. */
export const PRACTICES = 'pico:practices';
/** `depends` key of the page of one. */
export const PRACTICE = 'pico:practice';
