/** What became of the copy of her data that she asked for. */
export const COPY = 'privacy:copy';
