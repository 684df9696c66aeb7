import type { Author, Joining, ReactionKind, Reading, ThreadFilter } from '$contract/community.ts';
import { m } from '$lib/paraglide/messages.js';

/** The words of the domain, as people read them. */
export const readingWord = (reading: Reading): string => ({ public: m.community_reading_public, members: m.community_reading_members })[reading]();

export const joiningWord = (joining: Joining): string => ({ open: m.community_joining_open, request: m.community_joining_request, closed: m.community_joining_closed })[joining]();

export const reactionWord = (kind: ReactionKind): string => ({ useful: m.community_reaction_useful, thanks: m.community_reaction_thanks, agree: m.community_reaction_agree })[kind]();

export const filterWord = (filter: ThreadFilter): string =>
	({ all: m.community_filter_all, unanswered: m.community_filter_unanswered, solved: m.community_filter_solved, unread: m.community_filter_unread, mine: m.community_filter_mine })[filter]();

/** A person with her body, where she has one. */
export const authorWord = ({ name, body }: Author): string => (body === null ? name : m.community_asked_by({ name, body }));

export const repliesWord = (count: number): string => (count === 0 ? m.community_replies_none() : m.community_replies({ count }));

// Written out, so that the page does not carry the contract's checks to the browser
export const REACTIONS: readonly ReactionKind[] = ['useful', 'thanks', 'agree'];
