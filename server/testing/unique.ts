let count = 0;

/** A number not used before in this process: for names and addresses of built rows. */
export const unique = (): number => (count += 1);
