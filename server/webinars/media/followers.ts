/** Streams of one person at once: four who speak, with their screens, and those that are being replaced. */
const MOST_STREAMS = 16;

interface Follower {
  connections: number;
  ends: Set<() => void>;
}

/** Who follows a room of this process without its media connection. */
const followers = new Map<string, Follower>();
const keyOf = (webinarId: string, personId: string): string => `${webinarId} ${personId}`;

/** Somebody follows a room, on one connection more. @returns to be called when that connection ends; with the last, what she was sent ends too. */
export function follow(webinarId: string, personId: string): () => void {
  const key = keyOf(webinarId, personId);
  const follower = followers.get(key) ?? { connections: 0, ends: new Set() };
  followers.set(key, follower);
  follower.connections += 1;
  return () => {
    follower.connections -= 1;
    if (follower.connections > 0) return;
    followers.delete(key);
    for (const end of follower.ends) end();
  };
}

export const isFollowing = (webinarId: string, personId: string): boolean => followers.has(keyOf(webinarId, personId));

/**
 * Lets something go on for as long as somebody follows a room: her presence and what she may hear are the same connection's.
 * @param end called when she no longer does.
 * @returns to be called when it is over by itself; undefined: she does not follow it, or so much of it goes on already.
 */
export function whileFollowing(webinarId: string, personId: string, end: () => void): (() => void) | undefined {
  const follower = followers.get(keyOf(webinarId, personId));
  if (!follower || follower.ends.size >= MOST_STREAMS) return undefined;
  follower.ends.add(end);
  return () => void follower.ends.delete(end);
}
