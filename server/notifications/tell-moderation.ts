import { lastDay } from '../community/moderation/suspension.ts';
import { decidersOf } from '../community/moderation/open-case.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { notify } from './notify.ts';
import type { NoticeKind, NoticeParams } from './texts.ts';

interface CaseFacts {
  id: string;
  kind: 'flagged' | 'held' | 'appeal' | 'message';
  network_id: string | null;
  network_key: string | null;
  network: string | null;
  outcome: string | null;
  reason: string | null;
  /** Whom a measure is about, or who wrote what is held. */
  person_id: string | null;
  taken_by: string | null;
  thread: string | null;
  number: number | null;
}

const MEASURES = '/moderazione/provvedimenti';
const OPENED = { flagged: 'moderation-flagged', held: 'moderation-held', appeal: 'moderation-appeal', message: 'moderation-message' } as const satisfies Record<string, NoticeKind>;

async function caseOf(tx: Tx, id: string): Promise<CaseFacts | undefined> {
  const { rows } = await tx.raw<{ rows: CaseFacts[] }>(
    `select c.id, c.kind, n.id as network_id, n.key as network_key, n.name as network, c.outcome, c.reason, coalesce(h.author_id, s.person_id, dm.author_id) as person_id, s.taken_by, coalesce(h.title, t.title) as thread, t.number
       from moderation_cases c left join held_posts h on h.case_id = c.id left join moderation_appeals a on a.case_id = c.id left join moderation_measures s on s.id = a.measure_id
            left join direct_messages dm on dm.id = c.message_id left join posts p on p.id = c.post_id left join threads t on t.id = coalesce(p.thread_id, h.thread_id) left join networks n on n.id = case when c.kind = 'flagged' then t.network_id else c.network_id end
      where c.id = ?`, [id]);
  return rows[0];
}

/** Tells who decides that something waits; whoever has an unread notice of the same queue knows. */
export async function tellCaseOpened({ caseId }: { caseId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await caseOf(tx, caseId);
    if (!facts || facts.outcome !== null) return;
    const link = facts.network_key === null ? '/moderazione' : `/reti/${facts.network_key}/moderazione`;
    const kind = OPENED[facts.kind];
    for (const personId of await decidersOf(tx, facts.network_id)) {
      // Who took the measure does not judge it
      if (personId === facts.person_id || personId === facts.taken_by) continue;
      if (await tx('notices').where({ person_id: personId, kind, link }).whereNull('read_at').first('id')) continue;
      await notify(tx, { personId, kind, key: `case:${caseId}:${personId}`, params: { network: facts.network ?? 'Pi.Co.' }, link });
    }
  });
}

/** Tells who flagged, who wrote, or who appealed, how it ended. */
export async function tellCaseDecided({ caseId }: { caseId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await caseOf(tx, caseId);
    if (!facts?.outcome) return;
    const params = { network: facts.network ?? 'Pi.Co.', thread: facts.thread ?? '', reason: facts.reason ?? '–' };
    const place = facts.network_key === null ? '/reti' : facts.number === null ? `/reti/${facts.network_key}` : `/reti/${facts.network_key}/discussioni/${facts.number}`;
    if (facts.kind === 'flagged') {
      const kind = facts.outcome === 'upheld' ? 'flag-upheld' : 'flag-dismissed';
      for (const personId of (await tx('post_flags').where('case_id', caseId).pluck('person_id')) as string[]) await notify(tx, { personId, kind, key: `decided:${caseId}:${personId}`, params, link: place });
      return;
    }
    if (facts.kind === 'message') {
      const kind = facts.outcome === 'upheld' ? 'report-upheld' : 'report-dismissed';
      for (const personId of (await tx('message_reports').where('case_id', caseId).pluck('person_id')) as string[]) await notify(tx, { personId, kind, key: `decided:${caseId}:${personId}`, params, link: '/messaggi' });
      return;
    }
    if (!facts.person_id) return;
    const kind = DECIDED[facts.outcome];
    if (kind) await notify(tx, { personId: facts.person_id, kind, key: `decided:${caseId}`, params, link: facts.kind === 'appeal' ? MEASURES : place });
  });
}

const DECIDED: Partial<Record<string, NoticeKind>> = { approved: 'held-approved', refused: 'held-refused', granted: 'appeal-granted', rejected: 'appeal-rejected' };

interface MeasureFacts {
  kind: 'hidden' | 'warned' | 'suspended';
  person_id: string;
  /** For a direct message. */
  direct: boolean;
  network: string | null;
  thread: string | null;
  reason: string | null;
  lift_reason: string | null;
  until: Date | null;
}

async function measureOf(tx: Tx, id: string): Promise<MeasureFacts | undefined> {
  const { rows } = await tx.raw<{ rows: MeasureFacts[] }>(
    `select s.kind, s.person_id, exists (select from moderation_cases c where c.id = s.case_id and c.kind = 'message') as direct, n.name as network, t.title as thread, s.reason, s.lift_reason, s.until
       from moderation_measures s left join networks n on n.id = s.network_id left join posts p on p.id = s.post_id left join threads t on t.id = p.thread_id where s.id = ?`, [id]);
  return rows[0];
}

/** Tells a person what the moderators did to her words or to her, and that she can appeal. */
export async function tellMeasure({ measureId }: { measureId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await measureOf(tx, measureId);
    if (!facts) return;
    const everywhere = facts.kind === 'suspended' && facts.network === null;
    const kind = everywhere ? 'author-suspended-everywhere' : facts.kind === 'warned' && facts.direct ? 'author-warned-message' : TAKEN[facts.kind];
    const days: NoticeParams = facts.until ? { dayIt: lastDay(facts.until, 'it'), dayEn: lastDay(facts.until, 'en') } : {};
    await notify(tx, { personId: facts.person_id, kind, key: `measure:${measureId}`, params: { network: facts.network ?? 'Pi.Co.', thread: facts.thread ?? '', reason: facts.reason ?? '–', ...days }, link: MEASURES });
  });
}

const TAKEN = { hidden: 'post-hidden', warned: 'author-warned', suspended: 'author-suspended' } as const satisfies Record<string, NoticeKind>;

/** Tells her that a measure holds no more. */
export async function tellLifted({ measureId }: { measureId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await measureOf(tx, measureId);
    if (facts) await notify(tx, { personId: facts.person_id, kind: 'measure-lifted', key: `lifted:${measureId}`, params: { network: facts.network ?? 'Pi.Co.', reason: facts.lift_reason ?? '–' }, link: MEASURES });
  });
}
