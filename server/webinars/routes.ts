import './messages.ts';
import { z } from 'zod';
import { Empty, Id } from '../contract/common.ts';
import {
  BreakInput, CalendarFeed, CalendarFeedCreated, CancellationInput, CandidateQuery, Candidates, CorrectionInput, NewWebinar, Register, SeatInput, SeatPage, SeatQuery, WebinarChange, WebinarNumber, WebinarPage, WebinarPlaces, WebinarQuery,
  WebinarsCreated, WebinarSheet,
} from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import { anyone, signedIn } from '../http/access.ts';
import type { Actor } from '../http/actor.ts';
import { decodeCursor, MomentKey, toPage } from '../http/pagination.ts';
import { FileReply, routesOf } from '../http/route.ts';
import { createFeed, readFeedState, revokeFeed, writeFeed } from './calendar-feed.ts';
import { cancelWebinar } from './cancel-webinar.ts';
import { changeWebinar } from './change-webinar.ts';
import { correctBreak, removeBreak } from './correct-break.ts';
import { drawRegister } from './draw-register.ts';
import { findWebinar } from './find-webinar.ts';
import { findStaffCandidates, listPlaces, mayScheduleSomewhere } from './list-places.ts';
import { listSeats } from './list-seats.ts';
import { listSeries, listWebinars, readCard } from './list-webinars.ts';
import { mayFollow } from './policy.ts';
import { presentCard, presentOwnAttendance, presentRegister, presentSeat, presentSheet } from './present.ts';
import { readOwnPresence, readRegister } from './read-register.ts';
import { recordingFor } from './recording/find-recording.ts';
import { beginBreak, closeRoom, endBreak, openRoom } from './run-room.ts';
import { scheduleWebinars } from './schedule-webinars.ts';
import { correctPresence, lockRegister } from './sign-register.ts';
import { giveSeatUp, takeSeat } from './take-seat.ts';
import { writeCalendar } from './write-calendar.ts';
import { writeRegisterCsv } from './write-register-csv.ts';

const { route, routes } = routesOf('webinars');

const byNumber = z.object({ number: WebinarNumber });

async function sheet(actor: Actor | null, number: number): Promise<z.input<typeof WebinarSheet>> {
  const row = await readCard(actor, number);
  const counts = row.kind === 'class' && actor !== null && row.seat === 'registered' && row.starts_at <= clock.now() && row.cancelled_at === null;
  const [series, own, recording] = await Promise.all([row.series_id ? listSeries(actor, row.series_id) : [], counts ? readOwnPresence(database(), row, actor.id) : null, recordingFor(actor, row, row)]);
  return presentSheet(row, actor, { series, attendance: own && presentOwnAttendance(row, own), recording });
}

route({
  method: 'get', path: '/webinars', summary: 'The webinars that one may know of: what comes, or what was', access: anyone, query: WebinarQuery, response: WebinarPage,
  async handle({ actor, query }) {
    const whole = query.network === undefined && query.edition === undefined;
    const [{ items, next }, create] = await Promise.all([listWebinars(actor, query), whole ? mayScheduleSomewhere(actor) : undefined]);
    return { items: items.map(presentCard), next, abilities: create === undefined ? {} : { create } };
  },
});

route({
  method: 'post', path: '/webinars', summary: 'Schedule a webinar, or a weekly series', access: signedIn, body: NewWebinar, response: WebinarsCreated, status: 201, limit: { points: 60, seconds: 3600 },
  handle: async ({ actor, body }) => ({ numbers: await scheduleWebinars(actor, body) }),
});

route({
  method: 'get', path: '/webinar-places', summary: 'Where one may schedule a webinar', access: signedIn, response: WebinarPlaces,
  handle: ({ actor }) => listPlaces(actor),
});

route({
  method: 'get', path: '/webinar-candidates', summary: 'People who may run a webinar, by name', access: signedIn, query: CandidateQuery, response: Candidates, limit: { points: 240, seconds: 60 },
  handle: async ({ actor, query }) => ({ items: await findStaffCandidates(actor, query.q) }),
});

route({
  method: 'get', path: '/webinars/:number', summary: 'A webinar: what it is, when, who runs it, what I may do', access: anyone, params: byNumber, response: WebinarSheet,
  handle: ({ actor, params }) => sheet(actor, params.number),
});

route({
  method: 'patch', path: '/webinars/:number', summary: 'Change a webinar; what is not given stays', access: signedIn, params: byNumber, body: WebinarChange, response: WebinarSheet,
  async handle({ actor, params, body }) {
    await changeWebinar(actor, params.number, body);
    return sheet(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/cancellation', summary: 'Cancel a webinar, with the reason', access: signedIn, params: byNumber, body: CancellationInput, response: WebinarSheet,
  async handle({ actor, params, body }) {
    await cancelWebinar(actor, params.number, body.reason);
    return sheet(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/seat', summary: 'Register: a seat at once, or the waiting list', access: signedIn, params: byNumber, body: SeatInput, response: WebinarSheet, limit: { points: 60, seconds: 600 },
  async handle({ actor, params, body }) {
    await takeSeat(actor, params.number, body.answers);
    return sheet(actor, params.number);
  },
});

route({
  method: 'delete', path: '/webinars/:number/seat', summary: 'Give the seat up', access: signedIn, params: byNumber, response: WebinarSheet,
  async handle({ actor, params }) {
    await giveSeatUp(actor, params.number);
    return sheet(actor, params.number);
  },
});

route({
  method: 'get', path: '/webinars/:number/seats', summary: 'Who is registered, for who runs the webinar', access: signedIn, params: byNumber, query: SeatQuery, response: SeatPage,
  async handle({ actor, params, query: { status, cursor, limit } }) {
    const { webinar, standing } = await findWebinar(actor, params.number);
    if (!mayFollow(standing) || standing.staff === 'inspector') throw forbidden();
    const [at, id] = cursor ? decodeCursor(cursor, z.tuple([MomentKey, Id])) : [];
    const { items, next } = toPage(await listSeats(webinar.id, { status, after: at && id ? { at, id } : undefined, limit }), limit, (last) => [last.at_key, last.id]);
    return { items: items.map((row) => presentSeat(row, webinar)), next };
  },
});

for (const [method, path, summary, act] of [
  ['put', '/webinars/:number/opening', 'The lesson begins', openRoom],
  ['put', '/webinars/:number/closing', 'The lesson is over', closeRoom],
  ['put', '/webinars/:number/break', 'A break begins', beginBreak],
  ['delete', '/webinars/:number/break', 'The break is over', endBreak],
  ['put', '/webinars/:number/register/lock', 'Lock the register: its minutes enter the ledger', lockRegister],
] as const) {
  route({
    method, path, summary, access: signedIn, params: byNumber, response: Register,
    async handle({ actor, params }) {
      await act(actor, params.number);
      return presentRegister(await readRegister(actor, params.number));
    },
  });
}

route({
  method: 'get', path: '/webinars/:number/register', summary: 'Who is there, and for how long, for who runs or inspects the webinar', access: signedIn, params: byNumber, response: Register,
  handle: async ({ actor, params }) => presentRegister(await readRegister(actor, params.number)),
});

route({
  method: 'put', path: '/webinars/:number/breaks/:id', summary: 'When a break really was, until the register is locked', access: signedIn, params: byNumber.extend({ id: Id }), body: BreakInput, response: Register,
  async handle({ actor, params, body }) {
    await correctBreak(actor, params.number, params.id, body);
    return presentRegister(await readRegister(actor, params.number));
  },
});

route({
  method: 'delete', path: '/webinars/:number/breaks/:id', summary: 'There was no such break', access: signedIn, params: byNumber.extend({ id: Id }), response: Register,
  async handle({ actor, params }) {
    await removeBreak(actor, params.number, params.id);
    return presentRegister(await readRegister(actor, params.number));
  },
});

route({
  method: 'post', path: '/webinars/:number/register/corrections', summary: 'Correct somebody’s presence, signed, with a reason', access: signedIn, params: byNumber, body: CorrectionInput, response: Register, status: 201,
  async handle({ actor, params, body }) {
    await correctPresence(actor, params.number, body);
    return presentRegister(await readRegister(actor, params.number));
  },
});

route({
  method: 'get', path: '/webinars/:number/register/csv', summary: 'The register as CSV', access: signedIn, params: byNumber, response: 'text/csv',
  handle: async ({ actor, params, language }) => new FileReply('text/csv; charset=utf-8', writeRegisterCsv(await readRegister(actor, params.number), language), { filename: `registro-webinar-${params.number}.csv` }),
});

route({
  method: 'get', path: '/webinars/:number/register/pdf', summary: 'The register as a PDF', access: signedIn, params: byNumber, response: 'application/pdf', limit: { points: 20, seconds: 60 },
  handle: async ({ actor, params }) => new FileReply('application/pdf', await drawRegister(await readRegister(actor, params.number)), { filename: `registro-webinar-${params.number}.pdf` }),
});

route({
  method: 'get', path: '/webinars/:number/calendar', summary: 'A webinar as an entry for a calendar', access: anyone, params: byNumber, response: 'text/calendar', limit: { points: 60, seconds: 60 },
  async handle({ actor, params }) {
    const { webinar } = await findWebinar(actor, params.number);
    return new FileReply('text/calendar; charset=utf-8', await writeCalendar([{ webinar }], { method: 'PUBLISH', now: clock.now() }), { filename: `webinar-${params.number}.ics` });
  },
});

route({
  method: 'get', path: '/calendar-feed', summary: 'Whether my calendar has a secret address', access: signedIn, response: CalendarFeed,
  handle: ({ actor }) => readFeedState(actor),
});

route({
  method: 'put', path: '/calendar-feed', summary: 'A new secret address for my calendar; the one before no longer works', access: signedIn, response: CalendarFeedCreated, limit: { points: 20, seconds: 3600 },
  handle: ({ actor }) => createFeed(actor),
});

route({
  method: 'delete', path: '/calendar-feed', summary: 'The secret address of my calendar no longer works', access: signedIn, response: Empty,
  async handle({ actor }) {
    await revokeFeed(actor);
    return {};
  },
});

route({
  method: 'get', path: '/calendars/:secret', summary: 'A person’s calendar, by its secret address', access: anyone, params: z.object({ secret: z.string().regex(/^[\w-]{32}$/) }), response: 'text/calendar', limit: { points: 60, seconds: 60 },
  handle: async ({ params }) => new FileReply('text/calendar; charset=utf-8', await writeFeed(params.secret), { inline: true, headers: { 'Cache-Control': 'private, no-store' } }),
});

export const webinarsRoutes = routes;
