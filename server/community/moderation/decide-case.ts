import { audit } from '../../accounts/audit.ts';
import type { CaseDecision, CaseKind } from '../../contract/moderation.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../errors.ts';
import { clock, romeDay } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPost } from '../lock-post.ts';
import { reachOf } from '../reach.ts';
import { closeCase } from './close-case.ts';
import { hidePost } from './hide-post.ts';
import { decidesIn, lockMeasure, undo } from './lift-measure.ts';
import { takeMeasure } from './measures.ts';
import { releasePost } from './release-post.ts';

interface Case {
  id: string;
  kind: CaseKind;
  network_id: string | null;
  post_id: string | null;
  message_id: string | null;
}

type Upheld = Extract<CaseDecision, { decision: 'upheld' }>;

/**
 * A moderator decides on what waits: the first who does has decided.
 * @throws AppError 404 for who does not moderate there; 403 `case-own`, `case-own-decision`; 409 `case-decided` with who did, `held-place-gone`; 422 `case-decision`, `suspension-date`, `message-hide`
 */
export async function decideCase(actor: Actor, id: string, decision: CaseDecision): Promise<void> {
  await transaction(async (tx) => {
    const found = (await tx('moderation_cases as c').leftJoin('posts as p', 'p.id', 'c.post_id').leftJoin('threads as t', 't.id', 'p.thread_id').where('c.id', id)
      .first('c.id', 'c.kind', 'c.post_id', 'c.message_id', tx.raw('coalesce(t.network_id, c.network_id) as network_id'))) as Case | undefined;
    if (!found || !decidesIn(actor, found.network_id)) throw notFound();
    await DECIDERS[found.kind](tx, actor, found, decision);
  });
}

const DECIDERS: Record<CaseKind, (tx: Tx, actor: Actor, found: Case, decision: CaseDecision) => Promise<void>> = {
  async flagged(tx, actor, found, decision) {
    if (decision.decision !== 'dismissed' && decision.decision !== 'upheld') throw wrongDecision();
    const { post, thread } = await lockPost(tx, actor, found.post_id ?? '');
    await lockOpen(tx, found.id);
    if (post.author_id === actor.id) throw forbidden('case-own');
    if (decision.decision === 'upheld') {
      if (decision.hide && !post.deleted_at) await hidePost(tx, actor, post, thread, decision.reason, { caseId: found.id });
      const about = { person_id: post.author_id, network_id: thread.network_id, post_id: post.id, case_id: found.id };
      if (decision.warning !== undefined) await takeMeasure(tx, actor, { ...about, kind: 'warned', reason: decision.warning });
      if (decision.suspension) await takeMeasure(tx, actor, { ...about, kind: 'suspended', reason: decision.reason, ...(await suspensionOf(tx, actor, decision.suspension, thread.network_id)) });
    }
    await closeCase(tx, actor, found, decision.decision, decision.reason);
    await audit(tx, actor, `flag.${decision.decision}`, 'post', post.id, { details: { before: { outcome: null }, after: { outcome: decision.decision }, reason: decision.reason } });
  },

  async message(tx, actor, found, decision) {
    if (decision.decision !== 'dismissed' && decision.decision !== 'upheld') throw wrongDecision();
    await lockOpen(tx, found.id);
    const { author_id } = (await tx('direct_messages').where('id', found.message_id).first('author_id')) as { author_id: string };
    if (author_id === actor.id) throw forbidden('case-own');
    if (decision.decision === 'upheld') {
      // Two people have it already: what helps is that no more come
      if (decision.hide) throw invalidField('body.hide', 'message-hide', 'message-hide');
      const about = { person_id: author_id, network_id: null, post_id: null, case_id: found.id };
      if (decision.warning !== undefined) await takeMeasure(tx, actor, { ...about, kind: 'warned', reason: decision.warning });
      if (decision.suspension) await takeMeasure(tx, actor, { ...about, kind: 'suspended', reason: decision.reason, until: await untilOf(tx, decision.suspension.until) });
    }
    await closeCase(tx, actor, found, decision.decision, decision.reason);
    await audit(tx, actor, `message.${decision.decision}`, 'person', author_id, { details: { before: { outcome: null }, after: { outcome: decision.decision }, reason: decision.reason } });
  },

  async held(tx, actor, found, decision) {
    if (decision.decision !== 'approved' && decision.decision !== 'refused') throw wrongDecision();
    await lockOpen(tx, found.id);
    const held = (await tx('held_posts').where('case_id', found.id).first('author_id', 'html')) as { author_id: string; html: string };
    if (held.author_id === actor.id) throw forbidden('case-own');
    if (decision.decision === 'approved') await releasePost(tx, found.id);
    const reason = decision.decision === 'refused' ? decision.reason : '';
    await closeCase(tx, actor, found, decision.decision, reason);
    await audit(tx, actor, `held.${decision.decision}`, 'person', held.author_id, { details: { before: { held: held.html }, after: { outcome: decision.decision }, ...(reason ? { reason } : {}) } });
  },

  async appeal(tx, actor, found, decision) {
    if (decision.decision !== 'granted' && decision.decision !== 'rejected') throw wrongDecision();
    const { measure_id } = (await tx('moderation_appeals').where('case_id', found.id).first('measure_id')) as { measure_id: string };
    const { measure, show } = await lockMeasure(tx, actor, measure_id);
    await lockOpen(tx, found.id);
    if (measure.person_id === actor.id) throw forbidden('case-own');
    // Another moderator, or another one of UPI
    if (measure.taken_by === actor.id) throw forbidden('case-own-decision');
    if (decision.decision === 'granted') {
      await show();
      await undo(tx, actor, measure, decision.reason);
      return;
    }
    await closeCase(tx, actor, found, 'rejected', decision.reason);
    await audit(tx, actor, 'appeal.rejected', 'person', measure.person_id, { details: { before: { measure: measure.id, kind: measure.kind }, after: { outcome: 'rejected' }, reason: decision.reason } });
  },
};

const wrongDecision = () => invalidField('body.decision', 'case-decision', 'case-decision');

/** @throws AppError 409 `case-decided`, with who was first */
async function lockOpen(tx: Tx, id: string): Promise<void> {
  const { decided_by } = (await tx('moderation_cases').where({ id }).forUpdate().first('decided_by')) as { decided_by: string | null };
  if (decided_by === null) return;
  const who = (await tx('people').where('id', decided_by).first('given_name', 'family_name')) as { given_name: string; family_name: string };
  throw conflict('case-decided', { name: `${who.given_name} ${who.family_name}` });
}

const LONGEST_DAYS = 366;

/** Everywhere is UPI's to say; the last day is one to come, at most a year away. */
async function suspensionOf(tx: Tx, actor: Actor, { until, everywhere }: NonNullable<Upheld['suspension']>, networkId: string): Promise<{ until: Date; network_id: string | null }> {
  if (everywhere && !reachOf(actor).everything) throw forbidden();
  return { until: await untilOf(tx, until), network_id: everywhere ? null : networkId };
}

/** The moment after that day. @throws AppError 422 `suspension-date` */
async function untilOf(tx: Tx, until: string): Promise<Date> {
  const { rows } = await tx.raw<{ rows: { until: Date; days: number }[] }>("select (?::date + 1)::timestamp at time zone 'Europe/Rome' as until, ?::date - ?::date as days", [until, until, romeDay(clock.now())]);
  const [found] = rows;
  if (!found || found.days < 0 || found.days > LONGEST_DAYS) throw invalidField('body.suspension.until', 'suspension-date', 'suspension-date');
  return found.until;
}
