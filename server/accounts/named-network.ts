/**
 * Whether network `w` may be named to who is not in it, as SQL: one that is closed and its members' own does not exist for others, a
 * coordinator of theirs neither. (community/reach.ts says it of everything else; it stands to the right of this feature.)
 */
export const NAMED_NETWORK = "(w.reading = 'public' or w.joining <> 'closed')";
