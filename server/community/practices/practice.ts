import type { MembershipStatus, Reading } from '../../contract/community.ts';
import type { PracticeContent, PracticeStage } from '../../contract/practices.ts';
import type { PlacedBody } from './placed-body.ts';

/** What the sheet says beside title and tags, which are columns of their own. */
export type SheetContent = Omit<PracticeContent, 'title' | 'tags'>;

/** A sheet as one reader finds it: its life, its working copy, its network, and who the reader is there. */
export interface PracticeHead {
  id: string;
  number: number;
  network_id: string;
  network_key: string;
  network_name: string;
  reading: Reading;
  archived_at: Date | null;
  membership: MembershipStatus | null;
  moderates: boolean;
  suspended_until: Date | null;
  author_id: string;
  author_name: string;
  /** She has left, or is no longer in the network. */
  author_gone: boolean;
  body_id: string;
  body: PlacedBody;
  revision: number;
  title: string;
  tags: string[];
  content: SheetContent;
  /** Documents of the working copy, in their order. */
  files: string[];
  changed_at: Date;
  stage: PracticeStage | null;
  submitted_at: Date | null;
  version_id: string | null;
  superseded_by: string | null;
}

/** What was published, as it was. */
export interface PracticeVersion {
  id: string;
  sequence: number;
  revision: number;
  title: string;
  tags: string[];
  content: SheetContent;
  files: string[];
  published_at: Date;
}
