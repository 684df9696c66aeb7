import { audit } from '../../accounts/audit.ts';
import type { MeasureKind } from '../../contract/moderation.ts';
import type { Tx } from '../../database/transaction.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';

/** What a moderator did to somebody's words, or to her. */
export interface MeasureRow {
  id: string;
  kind: MeasureKind;
  person_id: string;
  /** null: everywhere. */
  network_id: string | null;
  post_id: string | null;
  reason: string | null;
  until: Date | null;
  taken_by: string;
  lifted_at: Date | null;
}

export type MeasureOrder = Pick<MeasureRow, 'kind' | 'person_id' | 'network_id' | 'post_id' | 'reason'> & { until?: Date; case_id?: string | null };

/** Takes a measure, which its person is told of and can appeal against. */
export async function takeMeasure(tx: Tx, actor: Actor, order: MeasureOrder): Promise<void> {
  const [row] = (await tx('moderation_measures').insert({ ...order, taken_at: clock.now(), taken_by: actor.id }).returning('id')) as { id: string }[];
  if (!row) throw new Error('not inserted');
  await record(tx, 'measure.taken', { measureId: row.id });
  if (order.kind === 'hidden') return;
  const after = { kind: order.kind, network: order.network_id, until: order.until ?? null };
  await audit(tx, actor, order.kind === 'warned' ? 'person.warn' : 'person.silence', 'person', order.person_id, { details: { before: null, after, post: order.post_id, ...(order.reason ? { reason: order.reason } : {}) } });
}
