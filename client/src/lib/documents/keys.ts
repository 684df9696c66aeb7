/** `depends` key of lists of documents. */
export const DOCUMENTS = 'pico:documents';
