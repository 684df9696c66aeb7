import { z } from 'zod';
import { text } from './common.ts';

export const WebinarKind = z.enum(['open', 'class']);
export type WebinarKind = z.output<typeof WebinarKind>;

export const StaffRole = z.enum(['organiser', 'presenter', 'co-presenter', 'moderator', 'inspector']);
export type StaffRole = z.output<typeof StaffRole>;

/** What somebody is in a room. */
export const RoomRole = z.enum(['organiser', 'presenter', 'co-presenter', 'moderator', 'attendee', 'inspector']);
export type RoomRole = z.output<typeof RoomRole>;

export const SeatStatus = z.enum(['registered', 'waiting', 'withdrawn']);
export type SeatStatus = z.output<typeof SeatStatus>;

/** Doors open so long before the start. */
export const DOORS_OPEN_MINUTES = 15;
/** A room that nobody closed is over so long after its official end. */
export const OVERRUN_MINUTES = 120;

export const WebinarNumber = z.coerce.number().int().min(1).max(2_147_483_647);

/** Asked of who registers. */
export const RegistrationQuestion = z.object({ key: z.string().regex(/^[a-z0-9-]{1,20}$/), text: text(3, 200), required: z.boolean() });
export type RegistrationQuestion = z.output<typeof RegistrationQuestion>;
