import { config } from '../config.ts';
import type { Webinar } from './webinar.ts';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

type Entry = Pick<Webinar, 'id' | 'number' | 'title' | 'summary' | 'starts_at' | 'ends_at' | 'calendar_sequence' | 'created_at' | 'cancelled_at'>;

export interface CalendarEntry {
  webinar: Entry;
  /** Whom an invitation is for; without, the entry is only shown. */
  attendee?: { name: string; email: string };
  /** How often her own part in it changed: an invitation after a withdrawal is newer than it. */
  revisions?: number;
}

/** Where mail to the organiser of every entry goes: the platform's own address, no person's. */
const SENDER = /<([^>]+)>/.exec(config.mailFrom)?.[1] ?? config.mailFrom;

/** The same for a webinar as long as it lives, in whatever calendar. */
const uidOf = (webinar: Pick<Webinar, 'id'>): string => `${webinar.id}@${new URL(config.publicUrl).hostname}`;

/** Webinars as iCalendar (RFC 5545): moments in UTC, which every program shows at its own hour; the UID never changes, SEQUENCE only grows. */
export async function writeCalendar(entries: CalendarEntry[], options: { method: CalendarMethod; name?: string; now: Date }): Promise<string> {
  const { default: ical, ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } = await import('ical-generator');
  const calendar = ical({ prodId: { company: 'UPI', product: 'Pi.Co.', language: 'IT' }, method: ICalCalendarMethod[options.method], ...(options.name ? { name: options.name, ttl: 3600 } : {}) });
  for (const { webinar, attendee, revisions = 0 } of entries) {
    const url = `${config.publicUrl}/webinar/${webinar.number}`;
    const cancelled = options.method === 'CANCEL' || webinar.cancelled_at !== null;
    const event = calendar.createEvent({
      id: uidOf(webinar), sequence: webinar.calendar_sequence + revisions, start: webinar.starts_at, end: webinar.ends_at, stamp: options.now, created: webinar.created_at,
      summary: webinar.title, description: `${webinar.summary}\n\n${url}`.trim(), location: url, url, organizer: { name: 'Pi.Co.', email: SENDER },
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    if (attendee) event.createAttendee({ name: attendee.name, email: attendee.email, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION, rsvp: false });
  }
  return calendar.toString();
}
