import type { RegistrationQuestion, StaffRole, WebinarKind, WebinarState } from '../contract/webinars.ts';
import { DOORS_OPEN_MINUTES, OVERRUN_MINUTES } from '../contract/webinars.ts';

/** A live event. */
export interface Webinar {
  id: string;
  /** In its address: `/webinar/<number>`. */
  number: number;
  kind: WebinarKind;
  title: string;
  summary: string;
  starts_at: Date;
  ends_at: Date;
  scheduled_at: Date;
  /** null: no limit. */
  capacity: number | null;
  seats_per_member: number | null;
  threshold_percent: number;
  edition_id: string | null;
  lesson_key: string | null;
  network_id: string | null;
  organiser_id: string;
  questions: RegistrationQuestion[];
  series_id: string | null;
  /** SEQUENCE of iCalendar. */
  calendar_sequence: number;
  cancelled_at: Date | null;
  cancelled_by: string | null;
  cancel_reason: string | null;
  opened_at: Date | null;
  closed_at: Date | null;
  register_locked_at: Date | null;
  register_locked_by: string | null;
  /** How far the log counts; after it only corrections do. */
  register_sequence: number | null;
  /** What is said and shown may be recorded. */
  recorded: boolean;
  created_at: Date;
}

export interface Staff {
  webinar_id: string;
  person_id: string;
  role: StaffRole;
}

type Life = Pick<Webinar, 'starts_at' | 'ends_at' | 'cancelled_at' | 'closed_at'>;

/** Where a webinar is in its life. */
export function webinarState(webinar: Life, now: Date): WebinarState {
  if (webinar.cancelled_at) return 'cancelled';
  if (webinar.closed_at || now.getTime() > webinar.ends_at.getTime() + OVERRUN_MINUTES * 60_000) return 'over';
  return now >= doorsOpenAt(webinar) ? 'doors-open' : 'scheduled';
}

export const doorsOpenAt = ({ starts_at }: Pick<Webinar, 'starts_at'>): Date => new Date(starts_at.getTime() - DOORS_OPEN_MINUTES * 60_000);
