/** Streams of one session at once: four who speak, with their screens, and those that are being replaced. */
const MOST_STREAMS = 16;

interface Follower {
  connections: number;
  /** How to end what goes on for her; what has been told to end stays here until it has. */
  ends: Set<() => void>;
}

/** Who follows a room of this process without its media connection, by session: one that is ended elsewhere ends what it hears, whatever others of hers go on. */
const followers = new Map<string, Follower>();
const keyOf = (webinarId: string, sessionId: string): string => `${webinarId} ${sessionId}`;

function forgetIfGone(key: string, { connections, ends }: Follower): void {
  if (connections === 0 && ends.size === 0) followers.delete(key);
}

/** Somebody follows a room, on one connection more. @returns to be called when that connection ends; with the last, what she was sent ends too. */
export function follow(webinarId: string, sessionId: string): () => void {
  const key = keyOf(webinarId, sessionId);
  const follower = followers.get(key) ?? { connections: 0, ends: new Set() };
  followers.set(key, follower);
  follower.connections += 1;
  return () => {
    follower.connections -= 1;
    if (follower.connections === 0) for (const end of follower.ends) end();
    forgetIfGone(key, follower);
  };
}

export const isFollowing = (webinarId: string, sessionId: string): boolean => (followers.get(keyOf(webinarId, sessionId))?.connections ?? 0) > 0;

/**
 * Lets something go on for as long as somebody follows a room: her presence and what she may hear are the same connection's.
 * @param end called when she no longer does.
 * @returns to be called when it is over; undefined: she does not follow it, or so much of it goes on already.
 */
export function whileFollowing(webinarId: string, sessionId: string, end: () => void): (() => void) | undefined {
  const key = keyOf(webinarId, sessionId);
  const follower = followers.get(key);
  if (!follower || follower.connections === 0 || follower.ends.size >= MOST_STREAMS) return undefined;
  follower.ends.add(end);
  return () => {
    follower.ends.delete(end);
    forgetIfGone(key, follower);
  };
}
