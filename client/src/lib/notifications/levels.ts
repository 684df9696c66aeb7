import type { LevelState, NoticeLevel, NoticeWay } from '$contract/notifications.ts';
import { m } from '$lib/paraglide/messages.js';

/** From the most attentive, as they are chosen. */
export const LEVELS: readonly NoticeLevel[] = ['watching', 'first', 'normal', 'tracking', 'muted'];

const LEVEL_WORDS: Record<NoticeLevel, () => string> = {
	watching: m.notifications_level_watching,
	first: m.notifications_level_first,
	normal: m.notifications_level_normal,
	tracking: m.notifications_level_tracking,
	muted: m.notifications_level_muted
};
const LEVEL_HINTS: Record<NoticeLevel, () => string> = {
	watching: m.notifications_level_watching_text,
	first: m.notifications_level_first_text,
	normal: m.notifications_level_normal_text,
	tracking: m.notifications_level_tracking_text,
	muted: m.notifications_level_muted_text
};
export const levelWord = (level: NoticeLevel): string => LEVEL_WORDS[level]();
export const levelHint = (level: NoticeLevel): string => LEVEL_HINTS[level]();

const FROM_WORDS: Record<LevelState['from'], (input: { level: string }) => string> = {
	thread: m.notifications_level_own,
	tag: m.notifications_level_from_tag,
	network: m.notifications_level_from_network,
	default: m.notifications_level_from_default
};
/** What holds where nothing was chosen, and what says so. */
export const inheritedWord = ({ effective, from }: LevelState): string => FROM_WORDS[from]({ level: levelWord(effective) });

const WAY_WORDS: Record<NoticeWay, () => string> = {
	now: m.notifications_way_now,
	daily: m.notifications_way_daily,
	weekly: m.notifications_way_weekly,
	none: m.notifications_way_none
};
export const wayWord = (way: NoticeWay): string => WAY_WORDS[way]();
