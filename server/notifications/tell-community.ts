import { transaction, type Tx } from '../database/transaction.ts';
import type { EventPayload } from '../events.ts';
import { notify } from './notify.ts';

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
    const params = { person: facts.person, network: facts.network, reason: reason ?? '' };
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

interface PostFacts {
  sequence: number;
  author_id: string;
  author: string;
  thread_id: string;
  number: number;
  title: string;
  network_id: string;
  network_key: string;
}

/**
 * Tells a reply to who takes part in its thread (wrote in it, or has the same question), as long as she may read it; at a question's first
 * post there is nobody. Whoever has an unread notice of the thread already is not told again, nor who has read the post by now.
 */
export async function tellPost({ postId }: { postId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, postId);
    if (!facts || facts.sequence === 1) return;
    const link = linkOf(facts, facts.sequence);
    // One post of a thread after the other, so that two at once do not both find nobody told
    await tx.raw("select pg_advisory_xact_lock(hashtextextended('tell:' || ?::text, 0))", [facts.thread_id]);
    const { rows } = await tx.raw<{ rows: { person_id: string }[] }>(
      `select people.person_id from (
         select author_id as person_id from posts where thread_id = :thread and deleted_at is null
         union select person_id from thread_interests where thread_id = :thread) people
       where people.person_id <> :author
         and exists (select from network_members m where m.network_id = :network and m.person_id = people.person_id and m.status = 'active'
                     union all select from roles r where r.person_id = people.person_id and r.revoked_at is null and (r.role = 'admin' or (r.role = 'moderator' and (r.scope_id is null or r.scope_id = :network))))
         and not exists (select from notices x where x.person_id = people.person_id and x.kind = 'thread-reply' and x.read_at is null and x.key like :prefix)
         and not exists (select from thread_readings r where r.person_id = people.person_id and r.thread_id = :thread and r.sequence >= :sequence)`,
      { thread: facts.thread_id, author: facts.author_id, network: facts.network_id, prefix: `thread:${facts.number}:%`, sequence: facts.sequence },
    );
    for (const { person_id } of rows) {
      await notify(tx, { personId: person_id, kind: 'thread-reply', key: `thread:${facts.number}:${facts.sequence}:${person_id}`, params: { person: facts.author, thread: facts.title }, link });
    }
  });
}

/** Tells the author of an answer that it was accepted, and who had the same question that there is one. */
export async function tellAccepted({ threadId, postId }: { threadId: string; postId: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, postId);
    const thread = (await tx('threads').where('id', threadId).first('accepted_post_id', 'author_id')) as { accepted_post_id: string | null; author_id: string } | undefined;
    if (!facts || thread?.accepted_post_id !== postId) return;
    const link = linkOf(facts, facts.sequence);
    const params = { person: facts.author, thread: facts.title };
    if (facts.author_id !== thread.author_id) await notify(tx, { personId: facts.author_id, kind: 'answer-accepted', key: `accepted:${postId}`, params, link });
    const { rows } = await tx.raw<{ rows: { person_id: string }[] }>(
      `select i.person_id from thread_interests i join network_members m on m.person_id = i.person_id and m.network_id = ? and m.status = 'active'
        where i.thread_id = ? and i.person_id <> all(?)`, [facts.network_id, threadId, [facts.author_id, thread.author_id]]);
    for (const { person_id } of rows) await notify(tx, { personId: person_id, kind: 'thread-solved', key: `solved:${postId}:${person_id}`, params, link });
  });
}

const linkOf = ({ network_key, number }: PostFacts, sequence: number) => `/reti/${network_key}/discussioni/${number}?da=${sequence}`;

async function factsOf(tx: Tx, postId: string): Promise<PostFacts | undefined> {
  const { rows } = await tx.raw<{ rows: PostFacts[] }>(
    `select p.sequence, p.author_id, a.given_name || ' ' || a.family_name as author, t.id as thread_id, t.number, t.title, n.id as network_id, n.key as network_key
       from posts p join people a on a.id = p.author_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id
      where p.id = ? and p.deleted_at is null and t.deleted_at is null`,
    [postId],
  );
  return rows[0];
}
