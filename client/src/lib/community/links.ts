/** Posts of a page of a thread. */
export const PAGE_SIZE = 20;

/** The first post of the page that a post is on: pages never overlap, whichever post one came for. */
export const pageStart = (sequence: number): number => Math.floor((sequence - 1) / PAGE_SIZE) * PAGE_SIZE + 1;

export const networkHref = (key: string): string => `/reti/${key}`;

export const threadHref = (key: string, number: number): string => `/reti/${key}/discussioni/${number}`;

/** A post's own address: it leads to its page, and there to it. */
export const postHref = (key: string, number: number, sequence: number): string => `${threadHref(key, number)}?da=${pageStart(sequence)}#m${sequence}`;
