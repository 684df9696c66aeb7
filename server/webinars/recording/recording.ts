import type { RecordingVisibility } from '../../contract/recording.ts';

export interface Recording {
  webinar_id: string;
  /** Zero of its clock. */
  starts_at: Date;
  state: 'recording' | 'ready' | 'empty' | 'deleted';
  visibility: RecordingVisibility;
  duration_ms: number;
  source: string | null;
  ready_at: Date | null;
  gaps: Span[];
  /** `2028-11-26`: the last day. */
  keep_until: string;
  deleted_at: Date | null;
  deleted_by: string | null;
  delete_reason: string | null;
}

/** From and to, in ms of the recording's clock. */
export type Span = [number, number];

/** How long a recording is kept unless whoever runs the webinar says otherwise. */
export const KEPT_DAYS = 730;
