import { belongs, levelOf } from '../community/reach.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import type { EventPayload } from '../events.ts';
import { notify } from './notify.ts';
import { notifyOfThread } from './notify-of-thread.ts';
import { factsOf } from './post-facts.ts';

interface MembershipFacts {
  person_id: string;
  person: string;
  network_id: string;
  network: string;
  network_key: string;
  status: string;
}

/** Tells who decides that somebody asks to join, and the person what was decided for her. */
export async function tellMembership({ membershipId, to, at, byId, reason }: EventPayload<'membership.changed'>): Promise<void> {
  await transaction(async (tx) => {
    const { rows } = await tx.raw<{ rows: MembershipFacts[] }>(
      `select m.person_id, p.given_name || ' ' || p.family_name as person, n.id as network_id, n.name as network, n.key as network_key, m.status
         from network_members m join people p on p.id = m.person_id join networks n on n.id = m.network_id where m.id = ?`,
      [membershipId],
    );
    const [facts] = rows;
    if (!facts) return;
    const key = `membership:${membershipId}:${at}`;
    const params = { person: facts.person, personId: facts.person_id, network: facts.network, reason: reason ?? '' };
    if (to === 'requested') {
      // Who took it back, or has her answer, asks no more
      if (facts.status !== 'requested') return;
      for (const moderator of await moderatorsOf(tx, facts.network_id)) {
        await notify(tx, { personId: moderator, kind: 'membership-requested', key: `${key}:${moderator}`, params, link: `/reti/${facts.network_key}/membri` });
      }
      return;
    }
    const kind = KINDS[to];
    // Who joined an open network by herself knows it
    if (kind && byId !== null) await notify(tx, { personId: facts.person_id, kind, key, params, link: to === 'active' ? `/reti/${facts.network_key}` : '/reti' });
  });
}

const KINDS: Partial<Record<string, 'membership-approved' | 'membership-refused' | 'membership-removed'>> = { active: 'membership-approved', refused: 'membership-refused', removed: 'membership-removed' };

/** A network's moderators, or UPI where it has none. */
export async function moderatorsOf(tx: Tx, networkId: string): Promise<string[]> {
  const moderators = (await tx('roles').where({ role: 'moderator', scope_id: networkId }).whereNull('revoked_at').distinct().pluck('person_id')) as string[];
  return moderators.length > 0 ? moderators : ((await tx('roles').where({ role: 'admin' }).whereNull('revoked_at').distinct().pluck('person_id')) as string[]);
}

/** Tells the author of an answer that it was accepted, and who had the same question that there is one. */
export async function tellAccepted({ threadId, postId }: { threadId: string; postId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, postId);
    const thread = (await tx('threads').where('id', threadId).first('accepted_post_id', 'author_id')) as { accepted_post_id: string | null; author_id: string } | undefined;
    if (!facts || thread?.accepted_post_id !== postId) return;
    const { rows } = await tx.raw<{ rows: { person_id: string; answered: boolean }[] }>(
      `select c.person_id, c.answered from threads t, lateral (
         select :author ::uuid as person_id, true as answered where :author <> :asker
         union all select i.person_id, false from thread_interests i where i.thread_id = t.id and i.person_id not in (:author, :asker)) c
        where t.id = :thread and ${belongs('c.person_id', 't.network_id')} and coalesce(${levelOf('c.person_id')}, 'normal') <> 'muted'`,
      { author: facts.author_id, asker: thread.author_id, thread: threadId },
    );
    for (const { person_id, answered } of rows) {
      const told = answered ? { kind: 'answer-accepted', key: `accepted:${postId}`, why: 'answered' } as const : { kind: 'thread-solved', key: `solved:${postId}:${person_id}`, why: 'interested' } as const;
      await notifyOfThread(tx, { personId: person_id, group: 'solution', facts, ...told });
    }
  });
}
