/** `rete-sua`, of a network's key; `edizione-<id>`, of an edition's. */
export const networkChannel = (key: string): string => `rete-${key}`;
export const editionChannel = (id: string): string => `edizione-${id}`;

export const searchHref = (place: string): string => `/chat/${place}/cerca`;

/** @param from the number of the message where the page begins; without it, at the end. */
export const channelHref = (place: string, from?: number): string => `/chat/${place}${from ? `?da=${from}` : ''}`;
