import type { z } from 'zod';
import { bodyTitle } from '../contract/body-name.ts';
import type { Author, Membership, NetworkCard, NetworkHome, Post, SearchHit, ThreadNote, ThreadSummary, ThreadView } from '../contract/community.ts';
import type { BodyKind } from '../contract/territory.ts';
import type { Actor } from '../http/actor.ts';
import { partsOf } from '../words/excerpt.ts';
import { presentFile } from './documents/kinds.ts';
import type { CandidateRow } from './find-candidates.ts';
import type { ThreadHead } from './find-thread.ts';
import type { MemberRow } from './list-members.ts';
import type { CardRow } from './list-networks.ts';
import type { PostRow } from './list-posts.ts';
import type { ThreadRow } from './list-threads.ts';
import type { NoteRow } from './places/thread-notes.ts';
import type { ReadThread } from './read-thread.ts';
import type { VersionRow } from './list-versions.ts';
import { isHidden, mayAccept, mayEdit, mayFlag, mayInvite, mayJoin, mayLeave, mayRead, mayRemove, mayWrite, seesHidden } from './policy.ts';
import type { Home } from './read-home.ts';
import type { HitRow } from './search-posts.ts';

/** Posts after the first that are here, and not elsewhere by now. */
const repliesOf = ({ last_sequence, moved_away }: { last_sequence: number; moved_away: number }): number => last_sequence - moved_away - 1;

/** Somebody as others see her, with her body as it signs itself: a Province is not the town of the same name. */
export const authorOf = (id: string, name: string, body: string | null, kind: BodyKind | null): Author => ({ id, name, body: body !== null && kind !== null ? bodyTitle({ name: body, kind }) : null });

export const presentCard = (row: CardRow): z.input<typeof NetworkCard> => ({
  id: row.id, key: row.key, name: row.name, summary: row.summary, area: row.area, joining: row.joining, reading: row.reading, members: row.members, threads: row.threads, unanswered: row.unanswered,
  lastPostAt: row.last_post_at, unread: row.unread, membership: row.membership, moderated: row.moderated,
});

export function presentHome({ network, standing, card, moderators, experts, tags, requests, cases }: Home, actor: Actor | null): z.input<typeof NetworkHome> {
  return {
    ...presentCard(card), moderators: moderators.map(presentCandidate), experts: experts.map(({ answers, ...person }) => ({ person: presentCandidate(person), answers })), tags, requests, cases, holdFirst: network.hold_first, suspendedUntil: standing.suspended_until,
    abilities: {
      read: mayRead(network, standing), write: mayWrite(network, standing), join: mayJoin(actor, network, standing), leave: mayLeave(standing), moderate: standing.moderates,
      invite: mayInvite(actor, network, standing), update: standing.moderates,
    },
  };
}

export const presentCandidate = ({ id, name, body, kind }: CandidateRow): Author => authorOf(id, name, body, kind);

export function presentMember(row: MemberRow, actor: Actor, moderates: boolean): z.input<typeof Membership> {
  const another = row.person_id !== actor.id;
  return {
    id: row.id, status: row.status, person: authorOf(row.person_id, row.name, row.body, row.kind), motivation: moderates ? row.motivation : null, reason: row.reason, requestedAt: row.requested_at, moderator: row.moderator,
    abilities: { decide: moderates && row.status === 'requested' && another, remove: moderates && row.status === 'active' && another },
  };
}

export const presentSummary = (row: ThreadRow): z.input<typeof ThreadSummary> => ({
  number: row.number, title: row.title, tags: row.tags, author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), createdAt: row.created_at, lastPostAt: row.last_post_at,
  lastAuthor: authorOf(row.last_author_id, row.last_author_name, row.last_author_body, row.last_author_kind), replies: repliesOf(row), solved: row.solved, pinned: row.pinned, closed: row.closed,
  interested: row.interested, unread: row.unread,
});

export function presentPost(row: PostRow, thread: ThreadHead, actor: Actor | null): z.input<typeof Post> {
  const writes = mayWrite(thread, thread);
  const hidden = isHidden(row);
  return {
    id: row.id, sequence: row.sequence, author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), html: row.deleted_at ? '' : row.html, createdAt: row.created_at, editedAt: row.edited_at,
    deleted: row.deleted_at ? { at: row.deleted_at, reason: row.delete_reason, hidden, html: hidden && seesHidden(actor, row, thread.moderates) ? row.html : null } : null,
    moved: row.moved_id === null ? null : { to: row.moved_to ? { network: row.moved_to.network_key, number: row.moved_to.number, title: row.moved_to.title, sequence: row.moved_to.sequence } : null, solution: row.moved_solution },
    accepted: row.id === thread.accepted_post_id,
    documents: (row.documents ?? []).map((document) => ({ number: document.number, title: document.title, file: presentFile(document) })),
    reactions: row.reactions ?? [],
    flagged: row.flagged,
    abilities: {
      edit: mayEdit(actor, row, thread.closed_at !== null, writes), remove: mayRemove(actor, row, thread.moderates),
      react: actor !== null && writes && row.deleted_at === null && row.author_id !== actor.id,
      flag: thread.suspended_until === null && mayFlag(actor, row, row.flagged), restore: hidden && thread.moderates && row.author_id !== actor?.id,
    },
  };
}

export function presentThread({ thread, posts, notes }: ReadThread, actor: Actor | null): z.input<typeof ThreadView> {
  const writes = mayWrite(thread, thread);
  return {
    id: thread.id, number: thread.number, title: thread.title, tags: thread.tags, network: { key: thread.network_key, name: thread.network_name, reading: thread.reading },
    author: authorOf(thread.author_id, thread.author_name, thread.author_body, thread.author_kind), createdAt: thread.created_at, lastSequence: thread.last_sequence, replies: repliesOf(thread), notes: notes.map(presentNote),
    accepted: thread.accepted_post_id && thread.accepted_sequence ? { postId: thread.accepted_post_id, sequence: thread.accepted_sequence } : null,
    pinned: thread.pinned_at !== null, closed: thread.closed_at ? { at: thread.closed_at, reason: thread.close_reason } : null,
    interest: { bodies: thread.interested, mine: thread.interest_mine },
    readSequence: thread.read_sequence, suspendedUntil: thread.suspended_until, holdFirst: thread.hold_first,
    posts: posts.map((post) => presentPost(post, thread, actor)),
    abilities: {
      reply: writes && (thread.closed_at === null || thread.moderates), accept: mayAccept(actor, thread, thread), moderate: thread.moderates,
      change: thread.moderates || (thread.author_id === actor?.id && writes && thread.closed_at === null), join: mayJoin(actor, thread, thread),
    },
  };
}

const presentNote = ({ kind, sequence, at, solution_dropped, network_key, network_name, number, title }: NoteRow): z.input<typeof ThreadNote> => ({
  kind, sequence, at, network: network_key !== null && network_name !== null ? { key: network_key, name: network_name } : null, thread: number !== null && title !== null ? { number, title } : null, solutionDropped: solution_dropped,
});

export const presentHit = (row: HitRow): z.input<typeof SearchHit> => ({
  thread: { number: row.number, title: row.title, solved: row.solved, replies: repliesOf(row) }, network: { key: row.network_key, name: row.network_name },
  sequence: row.sequence, accepted: row.accepted, author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), createdAt: row.created_at, excerpt: partsOf(row.excerpt),
});

export const presentVersion = ({ html, replaced_at, person_id, name, body, kind }: VersionRow) => ({ html, replacedAt: replaced_at, by: authorOf(person_id, name, body, kind) });
