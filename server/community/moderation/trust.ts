import type { Trust } from '../../contract/moderation.ts';
import { prepared } from '../../database/prepared.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';

/** So many posts that stand make a member of somebody new, once she has been here a day. */
const MEMBER_POSTS = 3;
const ARRIVAL_MS = 24 * 3_600_000;
/** So many questions of others solved make an expert. */
const EXPERT_ANSWERS = 3;

/** The facts about person `p`, as SQL: no level is stored. */
export const TRUST_FACTS = `
  (select count(*) from (select from posts s where s.author_id = p.id and s.moved_id is null and (s.deleted_at is null or s.deleted_by = s.author_id) limit ${MEMBER_POSTS}) few)::int as standing,
  (select count(*) from threads a join posts s on s.id = a.accepted_post_id where s.author_id = p.id and a.author_id <> p.id and a.deleted_at is null)::int as solved,
  (exists (select from trust_grants g where g.person_id = p.id) or exists (select from roles o where o.person_id = p.id and o.revoked_at is null)) as known,
  p.confirmed_at as arrived`;

export interface TrustFacts {
  standing: number;
  solved: number;
  /** A moderator, or UPI by a role, vouches for her. */
  known: boolean;
  arrived: Date | null;
}

export function trustOf({ standing, solved, known, arrived }: TrustFacts): Trust {
  if (solved >= EXPERT_ANSWERS) return 'expert';
  const settled = arrived !== null && clock.now().getTime() - arrived.getTime() >= ARRIVAL_MS;
  return known || (settled && standing >= MEMBER_POSTS) ? 'member' : 'new';
}

/** How far a person is trusted now. */
export async function readTrust(personId: string): Promise<Trust> {
  const [facts] = await prepared<TrustFacts>('trust-facts', `select ${TRUST_FACTS} from people p where p.id = $1`, [personId]);
  return facts ? trustOf(facts) : 'new';
}

const PER_HOUR = { reply: { new: 12, member: 120, expert: 240 }, thread: { new: 5, member: 20, expert: 40 }, message: { new: 30, member: 240, expert: 480 } } satisfies Record<string, Record<Trust, number>>;

/** Somebody new writes to few people whom she has not written to before. */
const CONVERSATIONS_PER_DAY: Record<Trust, number> = { new: 3, member: 20, expert: 40 };

/** A limit needs no fresher facts than these; nor more people than write in that time. */
const KNOWN_FOR_MS = 60_000;
const MOST_KNOWN = 5000;
const known = new Map<string, { trust: Trust; until: number }>();

async function recentTrust(personId: string): Promise<Trust> {
  const now = Date.now();
  const found = known.get(personId);
  if (found && found.until > now) return found.trust;
  const trust = await readTrust(personId);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(personId, { trust, until: now + KNOWN_FOR_MS });
  return trust;
}

export const repliesPerHour = async ({ id }: Actor): Promise<number> => PER_HOUR.reply[await recentTrust(id)];
export const threadsPerHour = async ({ id }: Actor): Promise<number> => PER_HOUR.thread[await recentTrust(id)];
export const messagesPerHour = async ({ id }: Actor): Promise<number> => PER_HOUR.message[await recentTrust(id)];
export const conversationsPerDay = async ({ id }: Pick<Actor, 'id'>): Promise<number> => CONVERSATIONS_PER_DAY[await recentTrust(id)];
/** What was known of her is asked anew. */
export const forgetTrust = (personId: string): boolean => known.delete(personId);
