import type { RoomRole } from '../../contract/webinars.ts';

/** Who keeps order in what is written. */
export const keepsOrder = (role: RoomRole | undefined): boolean => role === 'organiser' || role === 'presenter' || role === 'co-presenter' || role === 'moderator';

/** Everybody in the room writes, asks and votes; an inspector is silent. */
export const mayTalk = (role: RoomRole | undefined, open: boolean): boolean => open && role !== undefined && role !== 'inspector';

/** One's own words to who runs the room, and theirs to read. */
export const seesStaffTalk = (role: RoomRole | undefined, message: { author_id: string }, personId: string): boolean => keepsOrder(role) || message.author_id === personId;
