import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';

/** Where a post is now. */
export interface PlaceRow {
  id: string;
  network_key: string;
  number: number;
  title: string;
  sequence: number;
}

const PLACES = `select p.id, n.key as network_key, t.number, t.title, p.sequence
  from posts p join threads t on t.id = p.thread_id join networks n on n.id = t.network_id ${OWN_MEMBERSHIP}
 where p.id = any($4::uuid[]) and t.deleted_at is null and ${READABLE}`;

/** Where the posts are that went away from here, by their ids; those that the actor may not read there are missing. Most threads have none: then nothing is asked. */
export async function movedPlaces(actor: Actor | null, rows: readonly { moved_id: string | null }[]): Promise<Map<string, PlaceRow>> {
  const ids = rows.flatMap(({ moved_id }) => moved_id ?? []);
  if (ids.length === 0) return new Map();
  return new Map((await prepared<PlaceRow>('moved-places', PLACES, [...reachValues(reachOf(actor)), ids])).map((place) => [place.id, place]));
}
