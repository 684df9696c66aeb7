/** `depends` key of the list of one's conversations. */
export const CONVERSATIONS = 'pico:conversations';
/** `depends` key of the page of a conversation. */
export const CONVERSATION = 'pico:conversation';
