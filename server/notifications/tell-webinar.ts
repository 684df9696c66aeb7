import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import type { EventPayload } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { mayBeTold } from '../webinars/reach.ts';
import type { ReminderKind } from '../webinars/remind-webinars.ts';
import type { Seat } from '../webinars/seats.ts';
import type { Webinar } from '../webinars/webinar.ts';
import { type CalendarMethod, writeCalendar } from '../webinars/write-calendar.ts';
import { notify } from './notify.ts';
import type { NoticeKind } from './texts.ts';

interface Listener {
  id: string;
  name: string;
  email: string;
  /** How often her seat changed before. */
  revisions: number;
}

const WHEN = (language: string) => new Intl.DateTimeFormat(language, { timeZone: 'Europe/Rome', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const [WHEN_IT, WHEN_EN] = [WHEN('it-IT'), WHEN('en-GB')];

const SEAT_KINDS = {
  asked: { registered: 'webinar-registered', waiting: 'webinar-waiting', withdrawn: 'webinar-withdrawn' },
  edition: { registered: 'webinar-invited', waiting: 'webinar-waiting', withdrawn: 'webinar-withdrawn' },
  promoted: { registered: 'webinar-promoted', waiting: 'webinar-waiting', withdrawn: 'webinar-withdrawn' },
} as const satisfies Record<EventPayload<'seat.changed'>['why'], Record<Seat['status'], NoticeKind>>;

/** Tells a person that she has a seat, awaits one or no longer has it, with what her calendar needs; of changes that follow fast the last one alone. */
export async function tellSeat({ seatId, revision, why }: EventPayload<'seat.changed'>): Promise<void> {
  await transaction(async (tx) => {
    const seat = (await tx('webinar_seats').where('id', seatId).first()) as Seat | undefined;
    if (!seat || seat.revision !== revision) return;
    const webinar = await findWebinar(tx, seat.webinar_id);
    const [listener] = await listeners(tx, webinar.id, { only: seat.person_id, withdrawn: true });
    // A cancelled webinar is told of once, as such
    if (!listener || webinar.cancelled_at || webinar.starts_at <= clock.now()) return;
    const method = seat.status === 'registered' ? 'REQUEST' : seat.status === 'withdrawn' ? 'CANCEL' : null;
    await tell(tx, webinar, listener, SEAT_KINDS[why][seat.status], `seat:${seatId}:${revision}`, method);
  });
}

/** Tells who runs a webinar that she does, once. */
export async function tellStaff({ webinarId }: EventPayload<'webinar.staffed'>): Promise<void> {
  const staff = (await database()('webinar_staff').where('webinar_id', webinarId).pluck('person_id')) as string[];
  for (const personId of staff) {
    await transaction(async (tx) => {
      const webinar = await findWebinar(tx, webinarId);
      // Who scheduled it knows
      const [listener] = personId === webinar.organiser_id ? [] : await listeners(tx, webinarId, { only: personId });
      if (listener && !webinar.cancelled_at) await tell(tx, webinar, listener, 'webinar-staff', `webinar:staff:${webinarId}:${personId}`, 'REQUEST');
    });
  }
}

/** Tells everybody who comes that date or title changed: the newest change alone. */
export async function tellWebinarChanged({ webinarId, sequence }: EventPayload<'webinar.changed'>): Promise<void> {
  await tellAll(webinarId, (webinar) => (webinar.calendar_sequence === sequence && !webinar.cancelled_at ? { kind: 'webinar-changed', key: `webinar:changed:${webinarId}:${sequence}`, method: 'REQUEST' } : undefined));
}

/** Tells everybody who would have come, or waited, that it will not be. */
export async function tellWebinarCancelled({ webinarId }: EventPayload<'webinar.cancelled'>): Promise<void> {
  await tellAll(webinarId, () => ({ kind: 'webinar-cancelled', key: `webinar:cancelled:${webinarId}`, method: 'CANCEL' }), true);
}

/** Reminds everybody who comes, if it still is at that hour. */
export async function tellReminder({ webinarId, kind, startsAt }: { webinarId: string; kind: ReminderKind; startsAt: string }): Promise<void> {
  await tellAll(webinarId, (webinar) => (webinar.starts_at.toISOString() === startsAt && !webinar.cancelled_at && webinar.starts_at > clock.now()
    ? { kind: `webinar-reminder-${kind}`, key: `webinar:reminder:${webinarId}:${kind}:${startsAt}`, method: null } : undefined));
}

interface Said {
  kind: NoticeKind;
  key: string;
  method: CalendarMethod | null;
}

/** One transaction a person: killed between two, it goes on where it was. */
async function tellAll(webinarId: string, say: (webinar: Webinar) => Said | undefined, waiting = false): Promise<void> {
  const people = await transaction((tx) => listeners(tx, webinarId, { waiting }));
  for (const { id } of people) {
    await transaction(async (tx) => {
      const webinar = await findWebinar(tx, webinarId);
      const [listener] = await listeners(tx, webinarId, { only: id, waiting });
      const said = say(webinar);
      if (listener && said) await tell(tx, webinar, listener, said.kind, `${said.key}:${id}`, said.method);
    });
  }
}

async function findWebinar(tx: Tx, id: string): Promise<Webinar> {
  return (await tx('webinars').where({ id }).first()) as Webinar;
}

/** Who has a seat or a part in a webinar and may still be told of it: who left its closed network hears no more. */
async function listeners(tx: Tx, webinarId: string, { only = null, waiting = false, withdrawn = false }: { only?: string | null; waiting?: boolean; withdrawn?: boolean }): Promise<Listener[]> {
  const statuses = ['registered', ...(waiting || withdrawn ? ['waiting'] : []), ...(withdrawn ? ['withdrawn'] : [])];
  const { rows } = await tx.raw<{ rows: Listener[] }>(
    `select p.id, p.given_name || ' ' || p.family_name as name, p.email, coalesce(s.revision - 1, 0) as revisions
       from webinars w cross join people p
       left join webinar_seats s on s.webinar_id = w.id and s.person_id = p.id
       left join webinar_staff f on f.webinar_id = w.id and f.person_id = p.id
      where w.id = :webinar and p.id in (select person_id from webinar_seats where webinar_id = :webinar union select person_id from webinar_staff where webinar_id = :webinar)
        and (s.status = any(:statuses) or f.role is not null) and (:only::uuid is null or p.id = :only) and ${mayBeTold('p.id')} order by p.id`,
    { webinar: webinarId, statuses, only });
  return rows;
}

async function tell(tx: Tx, webinar: Webinar, { id, name, email, revisions }: Listener, kind: NoticeKind, key: string, method: CalendarMethod | null): Promise<void> {
  const params = { webinar: webinar.title, whenIt: WHEN_IT.format(webinar.starts_at), whenEn: WHEN_EN.format(webinar.starts_at), reason: webinar.cancel_reason ?? '' };
  const calendar = method && { method, content: await writeCalendar([{ webinar, attendee: { name, email }, revisions }], { method, now: clock.now() }) };
  await notify(tx, { personId: id, kind, key, params, link: `/webinar/${webinar.number}`, ...(calendar ? { calendar } : {}) });
}
