export interface ExportRow {
  id: string;
  person_id: string;
  requested_at: Date;
  digest: string | null;
  bytes: number | null;
  ready_at: Date | null;
  expires_at: Date | null;
  deleted_at: Date | null;
}

export const DAY_MS = 24 * 3_600_000;
/** So long it waits for its owner. */
export const KEEP_MS = 7 * DAY_MS;

/** From when on she may ask for another one; null: now. */
export function nextAt({ requested_at, deleted_at, ready_at }: ExportRow, now: Date): Date | null {
  // One that was never made counts for nothing
  if (ready_at === null && deleted_at !== null) return null;
  const next = new Date(requested_at.getTime() + DAY_MS);
  return next > now ? next : null;
}
