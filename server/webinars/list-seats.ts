import type { BodyKind } from '../contract/territory.ts';
import type { SeatStatus } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';

export interface SeatListRow {
  id: string;
  status: SeatStatus;
  at: Date;
  /** As PostgreSQL writes it, with its microseconds: a cursor must not lose them. */
  at_key: string;
  person_id: string;
  name: string;
  body_id: string;
  body: string;
  kind: BodyKind;
  answers: Record<string, string>;
  removed: boolean;
}

/** Who is registered, waits or has withdrawn, in the order in which they did; one row too many. */
export async function listSeats(webinarId: string, { status, after, limit }: { status: SeatStatus; after: { at: string; id: string } | undefined; limit: number }): Promise<SeatListRow[]> {
  const { rows } = await database().raw<{ rows: SeatListRow[] }>(
    `select s.id, s.status, s.at, s.at::text as at_key, p.id as person_id, p.given_name || ' ' || p.family_name as name, b.id as body_id, b.name as body, b.kind, s.answers, x.at is not null as removed
       from webinar_seats s join people p on p.id = s.person_id join bodies b on b.id = s.body_id left join webinar_removals x on x.webinar_id = s.webinar_id and x.person_id = s.person_id
      where s.webinar_id = :webinarId and s.status = :status and (:at::timestamptz is null or (s.at, s.id) > (:at::timestamptz, :id::uuid))
      order by s.at, s.id limit :most`, { webinarId, status, at: after?.at ?? null, id: after?.id ?? null, most: limit + 1 });
  return rows;
}
