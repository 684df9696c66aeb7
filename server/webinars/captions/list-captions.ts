import type { LiveCaptions } from '../../contract/live-captions.ts';
import { prepared } from '../../database/prepared.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { isEnded } from '../policy.ts';
import { findTalk } from '../talk/find-talk.ts';
import { keepsOrder } from '../talk/policy.ts';
import { type CaptionRow, presentCaption } from './caption.ts';

const LAST = 'select last_caption as last from room_talks where webinar_id = $1';
const LINES = 'select sequence, text, at from room_captions where webinar_id = $1 and sequence > $2 order by sequence limit $3';

/** What was written of what is said, after a number, in order; `latest`: the last lines. @throws AppError 404; 403 as for what is written in the room */
export async function listCaptions(actor: Actor, number: number, { after, limit, latest }: { after: number; limit: number; latest: boolean }): Promise<LiveCaptions> {
  const { webinar, role, open } = await findTalk(actor, number);
  // What was said is over with it: what was recorded has its captions, and the rest is nobody's to keep
  if (isEnded(webinar, clock.now()) && !open) return { items: [], last: 0, abilities: { write: false } };
  const [end] = await prepared<{ last: number }>('room-captions-end', LAST, [webinar.id]);
  const last = end?.last ?? 0;
  const from = latest ? Math.max(after, last - limit) : after;
  const rows = last > from ? await prepared<CaptionRow>('room-captions', LINES, [webinar.id, from, limit]) : [];
  return { items: rows.map(presentCaption), last: Math.max(last, rows.at(-1)?.sequence ?? 0), abilities: { write: keepsOrder(role) && open } };
}
