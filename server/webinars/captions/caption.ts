import type { LiveCaption } from '../../contract/live-captions.ts';

/** A row of `room_captions`. */
export interface CaptionRow {
  sequence: number;
  text: string;
  began_at: Date;
  at: Date;
}

export const presentCaption = ({ sequence, text, at }: Pick<CaptionRow, 'sequence' | 'text' | 'at'>): LiveCaption => ({ sequence, text, at: at.toISOString() });
