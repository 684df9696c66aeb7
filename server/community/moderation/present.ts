import type { z } from 'zod';
import type { HeldPost, Measure, ModerationCase } from '../../contract/moderation.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { authorOf } from '../present.ts';
import { reachOf } from '../reach.ts';
import type { HeldRow } from './hold-post.ts';
import { decidesIn } from './lift-measure.ts';
import type { CaseRow } from './list-cases.ts';
import type { ListedMeasure } from './list-measures.ts';
import { trustOf } from './trust.ts';

const networkOf = (key: string | null, name: string | null) => (key !== null && name !== null ? { key, name } : null);

export function presentCase(row: CaseRow, actor: Actor): z.input<typeof ModerationCase> {
  const { measure } = row;
  const trust = trustOf(row);
  const own = row.author_id === actor.id;
  return {
    id: row.id, kind: row.kind, openedAt: row.opened_at, network: networkOf(row.network_key, row.network_name),
    author: { ...authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), trust, posts: row.posts, upheld: row.upheld, warnings: row.warnings, suspensions: row.suspensions },
    post: row.html !== null && row.written_at && row.thread_title !== null
      ? { sequence: row.sequence, thread: { number: row.thread_number, title: row.thread_title }, html: row.html, createdAt: row.written_at, removed: row.removed } : null,
    flags: (row.flags ?? []).map(({ id, name, body, kind, reason, note, at }) => ({ by: authorOf(id, name, body, kind), reason, note, at: new Date(at) })),
    appeal: row.appeal_text !== null && measure
      ? { text: row.appeal_text, measure: { kind: measure.measure, reason: measure.reason, until: measure.until ? new Date(measure.until) : null, takenAt: new Date(measure.at), takenBy: authorOf(measure.id, measure.name, measure.body, measure.kind) } } : null,
    abilities: { decide: !own && measure?.id !== actor.id, suspendEverywhere: reachOf(actor).everything, trust: !own && trust === 'new' },
  };
}

export function presentMeasure(row: ListedMeasure, actor: Actor): z.input<typeof Measure> {
  const over = row.lifted_at !== null || (row.until !== null && row.until <= clock.now());
  const own = row.person_id === actor.id;
  return {
    id: row.id, kind: row.kind, person: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), network: networkOf(row.network_key, row.network_name), reason: row.reason, until: row.until, takenAt: row.taken_at,
    post: row.thread_number !== null && row.thread_title !== null && row.sequence !== null && row.html !== null ? { thread: { number: row.thread_number, title: row.thread_title }, sequence: row.sequence, html: row.html } : null,
    lifted: row.lifted_at ? { at: row.lifted_at, reason: row.lift_reason } : null,
    appeal: row.appealed_at && row.appeal_text !== null ? { at: row.appealed_at, text: row.appeal_text, outcome: row.appeal_outcome, reason: row.appeal_reason } : null,
    abilities: { appeal: own && !over && row.appealed_at === null, lift: !own && !over && decidesIn(actor, row.network_id) },
  };
}

export const presentHeld = (row: HeldRow): z.input<typeof HeldPost> => ({ id: row.id, thread: row.thread_number === null ? null : { number: row.thread_number }, title: row.title, html: row.html, createdAt: row.created_at });
