import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson, anAdministrator } from '../accounts/factory.ts';
import type { Register } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import type { Interval } from './attendance.ts';
import { aSeat, aStaff, aWebinar, bySeconds } from './factory.ts';
import { attend, attendanceWritten } from './media/attend.ts';
import { composeRegister, listEntries } from './read-register.ts';
import { brokenAt, closeAbandoned, giveSignOfLife, type PresenceInput, recordPresence, recordPresences, SILENCE_MS } from './record-presence.ts';

describe('the log of presence', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());
  afterEach(() => clock.reset());

  /** A virtual classroom of two hours that is just over, with somebody registered. */
  const room = async () => {
    const webinar = await aWebinar({ kind: 'class', starts: -125, minutes: 120 });
    const person = await aPerson();
    await aSeat(webinar, person);
    const at = (minutes: number) => new Date(webinar.starts_at.getTime() + minutes * 60_000);
    const say = (what: 'join' | 'leave', minutes: number, connection: string, more: Partial<PresenceInput> = {}) => recordPresence({ webinarId: webinar.id, personId: person.id, connection, role: 'attendee', what, at: at(minutes), ...more });
    const secondsOf = async (personId = person.id) => ((await composeRegister(database(), webinar)).people.find((row) => row.personId === personId)?.attendedMs ?? Number.NaN) / 1000;
    return { webinar, person, at, say, secondsOf };
  };
  /** As if the process that holds the connections had died then. */
  const dieAt = async (moment: Date) => {
    await database()('presence_processes').whereNull('ended_at').update({ seen_at: moment });
    await closeAbandoned();
  };

  it('writes a crowd that comes at once in its order, without somebody who is no more', async () => {
    const { webinar, person } = await room();
    const crowd = await Promise.all(Array.from({ length: 12 }, () => aPerson()));
    const places = [...crowd.slice(0, 6), { id: randomUUID() }, ...crowd.slice(6), person].map(({ id }) => ({ id, connection: randomUUID() }));
    const seats = places.map(({ id, connection }) => attend({ webinarId: webinar.id, personId: id, connection, role: 'attendee' }));
    seats[0]?.leave();
    await attendanceWritten();
    const entries = await listEntries(database(), webinar.id);
    expect(entries.map(({ person_id, what }) => `${person_id} ${what}`)).toEqual([...places.filter(({ id }) => id === person.id || crowd.some((other) => other.id === id)).map(({ id }) => `${id} join`), `${crowd[0]?.id} leave`]);
    expect(brokenAt(entries)).toBeUndefined();
  });

  it('counts the hour that comes twice when summer time ends', async () => {
    // From half past one to half past three by the clocks of Rome: three hours
    const webinar = await aWebinar({ kind: 'class', starts: (Date.parse('2026-10-24T23:30:00Z') - Date.now()) / 60_000, minutes: 180 });
    const person = await aPerson();
    await aSeat(webinar, person);
    const said = { webinarId: webinar.id, personId: person.id, connection: randomUUID(), role: 'attendee' as const };
    await recordPresences([{ ...said, what: 'join', at: webinar.starts_at }, { ...said, what: 'leave', at: webinar.ends_at }]);
    const { plannedMs, people } = await composeRegister(database(), webinar);
    expect([plannedMs / 60_000, people.find(({ personId }) => personId === person.id)?.minutes]).toEqual([180, 180]);
  });

  it('notes each connection’s coming and going once, however often it is said', async () => {
    const { webinar, say, secondsOf } = await room();
    const connection = randomUUID();
    await Promise.all([say('join', 0, connection), say('join', 1, connection), say('join', 2, connection)]);
    await Promise.all([say('leave', 30, connection), say('leave', 30, connection)]);
    await say('leave', 50, connection);
    expect((await listEntries(database(), webinar.id)).map(({ what }) => what)).toEqual(['join', 'leave']);
    expect(await secondsOf()).toBeLessThanOrEqual(1800);
  });

  it('seals each line with the one before: what is changed, taken out or put in is found', async () => {
    const { webinar, say } = await room();
    for (const minute of [0, 10, 20, 30]) await say('join', minute, randomUUID());
    const entries = await listEntries(database(), webinar.id);
    expect(brokenAt(entries)).toBeUndefined();
    const [first, second, third] = entries;
    if (!first || !second || !third) throw new Error('no entries');
    expect(brokenAt([first, { ...second, at: new Date(second.at.getTime() + 1000) }, third])).toBe(2);
    expect(brokenAt([first, third])).toBe(2);
    expect(brokenAt([first, { ...third, sequence: 2 }])).toBe(2);
    await expect(database()('presence_log').where({ webinar_id: webinar.id, sequence: 2 }).update({ at: new Date() })).rejects.toThrow(/append-only/);
    await expect(database()('presence_log').where({ webinar_id: webinar.id }).delete()).rejects.toThrow(/append-only/);
  });

  it('keeps one chain when everybody comes at once', async () => {
    const { webinar } = await room();
    const people = await Promise.all(Array.from({ length: 30 }, () => aPerson()));
    await Promise.all(people.map(({ id }) => recordPresence({ webinarId: webinar.id, personId: id, connection: randomUUID(), role: 'attendee', what: 'join', at: new Date() })));
    const entries = await listEntries(database(), webinar.id);
    expect(entries).toHaveLength(30);
    expect(brokenAt(entries)).toBeUndefined();
  });

  it('ends the connections of a process that died at its last sign of life, once; who comes back belongs to the new one', async () => {
    const { webinar, at, say, secondsOf } = await room();
    await say('join', 0, randomUUID());
    await dieAt(at(40));
    await dieAt(at(40));
    expect(await secondsOf()).toBe(40 * 60);
    const again = randomUUID();
    await say('join', 45, again);
    await say('leave', 55, again);
    expect(await secondsOf()).toBe(50 * 60);
    expect(brokenAt(await listEntries(database(), webinar.id))).toBeUndefined();
  });

  it('believes who was left for dead and comes to its end after all', async () => {
    const { at, say, secondsOf } = await room();
    const connection = randomUUID();
    await say('join', 0, connection);
    await dieAt(at(20));
    expect(await secondsOf()).toBe(20 * 60);
    await say('leave', 100, connection);
    await say('leave', 110, connection);
    expect(await secondsOf()).toBe(100 * 60);
  });

  it('does not count for dead who gives signs of life, and gives them under a new name who was', async () => {
    const webinar = await aWebinar({ kind: 'class', starts: -10, minutes: 60 });
    const person = await aPerson();
    await aSeat(webinar, person);
    await giveSignOfLife();
    await recordPresence({ webinarId: webinar.id, personId: person.id, connection: randomUUID(), role: 'attendee', what: 'join', at: clock.now() });
    const leaves = async () => (await listEntries(database(), webinar.id)).filter(({ what }) => what === 'leave').length;
    clock.advance(SILENCE_MS - 1000);
    await closeAbandoned();
    expect(await leaves()).toBe(0);
    await giveSignOfLife();
    clock.advance(SILENCE_MS - 1000);
    await closeAbandoned();
    expect(await leaves()).toBe(0);
    clock.advance(2000);
    await closeAbandoned();
    expect(await leaves()).toBe(1);
    await giveSignOfLife();
    expect(await database()('presence_processes').whereNull('ended_at').where('seen_at', '>=', new Date(clock.now().getTime() - 1000)).select('id')).toHaveLength(1);
  });

  it('lets an inspector in silently: not among the people, told when it is over, in the audit at once', async () => {
    const webinar = await aWebinar({ kind: 'class', starts: -10, minutes: 60 });
    const [inspector, administrator] = [await aPerson(), await app.as(await anAdministrator())];
    await aStaff(webinar, inspector, 'inspector');
    await recordPresence({ webinarId: webinar.id, personId: inspector.id, connection: randomUUID(), role: 'inspector', what: 'join', at: clock.now() });
    const read = async () => (await administrator.get<Register>(`webinars/${webinar.number}/register`)).body;
    const during = await read();
    expect(during.rows.map(({ person }) => person.id)).not.toContain(inspector.id);
    expect(during.inspections).toEqual([]);
    expect(await database()('audit_entries').where({ act: 'webinar.inspect', actor_id: inspector.id, subject_id: webinar.id })).toHaveLength(1);
    clock.advance(3 * 3_600_000);
    expect((await read()).inspections).toEqual([expect.objectContaining({ person: `${inspector.given_name} ${inspector.family_name}` })]);
  });

  it('is exact to the second for 200 people who drop, come with two devices and are cut off when the process dies', async () => {
    const webinar = await aWebinar({ kind: 'class', starts: -150, minutes: 120 });
    const start = webinar.starts_at.getTime();
    const official = { from: start, to: webinar.ends_at.getTime() };
    const breaks = [{ from: start + 3_000_000, to: start + 3_600_000 }];
    await database()('webinar_breaks').insert(breaks.map(({ from, to }) => ({ webinar_id: webinar.id, starts_at: new Date(from), ends_at: new Date(to) })));
    const crash = start + 4_200_000;
    // The same crowd every time
    let seed = 20261126;
    const random = (from: number, to: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return from + (seed % (to - from + 1));
    };
    const truth = new Map<string, Interval[]>();
    const script: PresenceInput[] = [];
    const people = await Promise.all(Array.from({ length: 200 }, () => aPerson()));
    for (const person of people) {
      await aSeat(webinar, person);
      const intervals: Interval[] = [];
      for (let devices = random(1, 2); devices > 0; devices -= 1) {
        for (let at = start + random(-900, 1500) * 1000; at < official.to + 300_000; ) {
          const connection = randomUUID();
          const until = at + random(20, 3600) * 1000;
          script.push({ webinarId: webinar.id, personId: person.id, connection, role: 'attendee', what: 'join', at: new Date(at) });
          const cut = at < crash && until > crash;
          if (!cut) script.push({ webinarId: webinar.id, personId: person.id, connection, role: 'attendee', what: 'leave', at: new Date(until) });
          intervals.push({ from: at, to: cut ? crash : until });
          // Mostly short losses, sometimes a long absence
          at = (cut ? crash : until) + (random(0, 3) > 0 ? random(1, 90) : random(60, 1800)) * 1000;
        }
      }
      truth.set(person.id, intervals);
    }
    script.sort((a, b) => a.at.getTime() - b.at.getTime());
    const before = script.filter(({ at }) => at.getTime() <= crash);
    for (let index = 0; index < before.length; index += 50) await recordPresences(before.slice(index, index + 50));
    await dieAt(new Date(crash));
    const after = script.slice(before.length);
    for (let index = 0; index < after.length; index += 50) {
      const some = after.slice(index, index + 50);
      await recordPresences(some);
      // Said again by a browser that was not sure
      await recordPresences(some.slice(0, 5));
    }
    const register = await composeRegister(database(), webinar);
    expect(register.log).toMatchObject({ whole: true, entries: script.length + script.filter(({ what, connection }) => what === 'join' && !script.some((other) => other.connection === connection && other.what === 'leave')).length });
    const measured = new Map(register.people.map(({ personId, attendedMs }) => [personId, attendedMs / 1000]));
    const errors = people.map(({ id }) => Math.abs((measured.get(id) ?? Number.NaN) - bySeconds(truth.get(id) ?? [], official, breaks)));
    expect(Math.max(...errors)).toBe(0);
    // They were not all there all the time: the truth had something to say
    expect(new Set(measured.values()).size).toBeGreaterThan(150);
  }, 60_000);
});
