export const conversationHref = (id: string): string => `/messaggi/${id}`;
/** Where one writes to somebody: in the conversation, where there is one already. */
export const writeHref = (personId: string): string => `/messaggi/nuovo?persona=${personId}`;
