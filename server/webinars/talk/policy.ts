import type { RoomRole } from '../../contract/webinars.ts';

/** Who keeps order in what is written. */
export const keepsOrder = (role: RoomRole | undefined): boolean => role === 'organiser' || role === 'presenter' || role === 'co-presenter' || role === 'moderator';

/** Everybody in the room writes, asks and votes; an inspector is silent. */
export const mayTalk = (role: RoomRole | undefined, open: boolean): boolean => open && role !== undefined && role !== 'inspector';
