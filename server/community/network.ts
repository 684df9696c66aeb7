import type { AreaCode } from '../contract/common.ts';
import type { Joining, MembershipStatus, Reading } from '../contract/community.ts';

/** A thematic community. */
export interface Network {
  id: string;
  key: string;
  name: string;
  summary: string;
  area_code: AreaCode | null;
  joining: Joining;
  reading: Reading;
  archived_at: Date | null;
  /** First posts of new people wait for a moderator. */
  hold_first: boolean;
}

/** A person in a network, or on her way into it or out of it. */
export interface Membership {
  id: string;
  network_id: string;
  person_id: string;
  status: MembershipStatus;
  motivation: string | null;
  requested_at: Date;
  decided_by: string | null;
  reason: string | null;
  decided_at: Date | null;
  read_until: Date | null;
}
