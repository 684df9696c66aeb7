import type { MembershipStatus } from '../contract/community.ts';
import { type Actor, holdsSomewhere } from '../http/actor.ts';
import type { Network } from './network.ts';

/** Who the actor is in a network. */
export interface Standing {
  membership: MembershipStatus | null;
  moderates: boolean;
  /** Until when a moderator keeps her from writing; null: nobody does. */
  suspended_until: Date | null;
}

type Of<K extends keyof Network> = Pick<Network, K>;

/** Everybody reads a public network; a members' network its members and who moderates it. */
export const mayRead = (network: Of<'reading'>, { membership, moderates }: Standing): boolean => network.reading === 'public' || membership === 'active' || moderates;

/** Members write, and who moderates, unless suspended; in an archived network nobody. */
export const mayWrite = (network: Of<'archived_at'>, { membership, moderates, suspended_until }: Standing): boolean =>
  network.archived_at === null && suspended_until === null && (membership === 'active' || moderates);

/** Whose body has confirmed her, where one can join; who was removed comes back only through a moderator. */
export const mayJoin = (actor: Actor | null, network: Of<'joining' | 'archived_at'>, { membership, suspended_until }: Standing): boolean =>
  actor !== null && suspended_until === null && actor.bodyId !== null && network.archived_at === null && network.joining !== 'closed' && membership !== 'active' && membership !== 'requested' && membership !== 'removed';

/** Who moderates invites anybody; a coordinator brings her own people, unless the network is closed. */
export const mayInvite = (actor: Actor | null, network: Of<'joining' | 'archived_at'>, { moderates }: Standing): boolean =>
  network.archived_at === null && (moderates || (network.joining !== 'closed' && holdsSomewhere(actor, 'coordinator')));

export const mayLeave = ({ membership }: Standing): boolean => membership === 'active' || membership === 'requested';

interface Written {
  author_id: string;
  deleted_at: Date | null;
}

/** One's own words, while the thread is open; nobody else's, ever: a moderator removes, and says why. */
export const mayEdit = (actor: Actor | null, post: Written, closed: boolean, writes: boolean): boolean => actor?.id === post.author_id && post.deleted_at === null && writes && !closed;

/** Somebody else's words, as they stand: who reads them tells the moderators, once. */
export const mayFlag = (actor: Actor | null, post: Written, flagged: boolean): boolean => actor !== null && actor.id !== post.author_id && post.deleted_at === null && !flagged;

/** Taken away by somebody else than its author: the moderators hid it, and can show it again. */
export const isHidden = (post: Written & { deleted_by: string | null }): boolean => post.deleted_at !== null && post.deleted_by !== post.author_id;

/** Her own hidden words, and any for who moderates. */
export const seesHidden = (actor: Actor | null, post: Written, moderates: boolean): boolean => moderates || actor?.id === post.author_id;

/** One's own answers; a moderator hides any post of others, the question too: its thread stays, with its title. */
export const mayRemove = (actor: Actor | null, post: Written & { sequence: number }, moderates: boolean): boolean =>
  post.deleted_at === null && (actor?.id === post.author_id ? post.sequence > 1 : moderates);

/** Who asked knows what helped; a moderator helps who forgets. */
export const mayAccept = (actor: Actor | null, thread: { author_id: string }, { moderates, suspended_until }: Standing): boolean => suspended_until === null && (moderates || actor?.id === thread.author_id);
