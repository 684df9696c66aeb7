import { randomUUID } from 'node:crypto';
import { append, lockHead } from '../webinars/record-presence.ts';
import { planWebinar } from '../webinars/breaks.ts';
import { romeMoment, weeksLater } from '../webinars/rome-time.ts';
import type { Webinar } from '../webinars/webinar.ts';
import type { Tx } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { enqueue } from '../jobs.ts';
import type { DemoEdition } from './editions.ts';
import { LIVE_SLIDES, seedSlides } from './seed-slides.ts';
import { seedRecording } from './recording/seed-recording.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Order {
  title: string;
  summary: string;
  kind?: 'open' | 'class';
  startsAt: Date;
  minutes: number;
  capacity?: number;
  seatsPerMember?: number;
  networkId?: string;
  editionId?: string;
  seriesId?: string;
  openedAt?: Date;
  closedAt?: Date;
  recorded?: boolean;
  questions?: { key: string; text: string; required: boolean }[];
}

/** Live events at every point of their life: a classroom that was, with its register locked and its hours credited, one that runs right now, one that starts soon, a series, and others of networks. */
export async function seedWebinars(tx: Tx, random: Random, editions: DemoEdition[], now: Date): Promise<void> {
  const personOf = async (email: string) => ((await tx('people').where({ email }).first('id')) as { id: string }).id;
  const [elena, chiara, marta] = await Promise.all([personOf('elena.conti@pico.example'), personOf('chiara.serra@provincia.nuoro.example'), personOf('marta.zanella@provincia.treviso.example')]);
  const networkOf = async (key: string) => ((await tx('networks').where({ key }).first('id')) as { id: string }).id;
  const running = editions.filter(({ kind, course }) => kind === 'running' && course.area === 'appalti')[0];
  if (!running) throw new Error('The demonstration has no running edition to teach live');

  const schedule = async (order: Order): Promise<Webinar> => {
    const [webinar] = (await tx('webinars').insert({
      kind: order.kind ?? 'open', title: order.title, summary: order.summary, starts_at: order.startsAt, ends_at: new Date(order.startsAt.getTime() + order.minutes * MINUTE), scheduled_at: new Date(now.getTime() - 20 * DAY),
      created_at: new Date(now.getTime() - 20 * DAY), capacity: order.capacity ?? null, seats_per_member: order.seatsPerMember ?? null, network_id: order.networkId ?? null, edition_id: order.editionId ?? null, organiser_id: elena,
      series_id: order.seriesId ?? null, client_id: randomUUID(), questions: JSON.stringify(order.questions ?? []), opened_at: order.openedAt ?? null, closed_at: order.closedAt ?? null, recorded: order.recorded ?? false,
    }).returning('*')) as Webinar[];
    if (!webinar) throw new Error('not inserted');
    await tx('webinar_staff').insert({ webinar_id: webinar.id, person_id: elena, role: 'presenter' });
    await planWebinar(tx, webinar);
    return webinar;
  };
  const seat = async (webinar: Webinar, personIds: string[], status = 'registered') => {
    await tx.raw(
      `insert into webinar_seats (webinar_id, person_id, status, body_id, member_id, at)
       select :webinar, p.id, :status, p.body_id, (select a.member_id from programme_attributions a where a.body_id = p.body_id limit 1), :at::timestamptz + random_order * interval '1 minute'
         from (select id, body_id, array_position(:people::uuid[], id) as random_order from people where id = any(:people::uuid[]) and body_id is not null) p
       on conflict (webinar_id, person_id) do nothing`, { webinar: webinar.id, status, at: new Date(now.getTime() - 10 * DAY), people: personIds });
  };
  const membersOf = async (networkId: string, most: number) => (await tx('network_members').where({ network_id: networkId, status: 'active' }).orderBy('person_id').limit(most).pluck('person_id')) as string[];
  const enrolledIn = async (editionId: string, before: Date) => (await tx('enrolments').where('edition_id', editionId).whereIn('status', ['active', 'completed']).where('activated_at', '<', before).orderBy('person_id').pluck('person_id')) as string[];

  const [sua, personale, sit] = await Promise.all([networkOf('sua'), networkOf('personale'), networkOf('sit')]);
  const enrolled = await enrolledIn(running.id, now);

  // The classroom that was: ten days ago, with its register
  const day = romeDay(new Date(now.getTime() - 10 * DAY));
  const startsAt = romeMoment(day, '10:00') ?? new Date(now.getTime() - 10 * DAY);
  const past = await schedule({
    title: 'Le soglie e le procedure: domande e casi', summary: 'Lezione in diretta: i casi raccolti nelle Province, discussi insieme.', kind: 'class', startsAt, minutes: 90, editionId: running.id, openedAt: startsAt, closedAt: new Date(startsAt.getTime() + 90 * MINUTE),
  });
  const early = await enrolledIn(running.id, startsAt);
  await seat(past, early);
  await attend(tx, random, past, elena, early);

  // The one that runs right now, and is there for whoever comes
  const live = await schedule({
    title: 'Sportello in diretta: entra e prova la sala', summary: 'Una sala sempre aperta nella dimostrazione: entra con due finestre, una come docente e una come partecipante.', startsAt: new Date(now.getTime() - 5 * MINUTE), minutes: 12 * 60 - 5, openedAt: new Date(now.getTime() - 5 * MINUTE), recorded: true,
  });
  const deck = await seedSlides(tx, live, elena, { title: 'Come funziona la sala', slides: LIVE_SLIDES });
  await tx('slides_shown').insert({ webinar_id: live.id, sequence: 1, deck_id: deck, page: 1 });
  await tx('slide_changes').insert({ webinar_id: live.id, sequence: 1, deck_id: deck, page: 1, at: live.starts_at, by: elena });
  await seat(live, [chiara, marta, ...(await membersOf(sua, 12))]);

  const soon = await schedule({
    title: 'La convenzione della stazione unica appaltante', summary: 'Come si scrive la convenzione con i Comuni, quali compiti restano a chi, quanto costa. Con tre Province che l’hanno già fatta.', startsAt: atQuarter(now, 45), minutes: 60, networkId: sua, capacity: 100, seatsPerMember: 3,
    questions: [{ key: 'domanda-1', text: 'Quanti Comuni sono convenzionati con la tua SUA?', required: false }],
  });
  await seat(soon, [chiara, ...(await membersOf(sua, 40))]);

  // A series of three, a week apart, in the edition
  const seriesId = randomUUID();
  for (let week = 1; week <= 3; week += 1) {
    const at = romeMoment(weeksLater(romeDay(now), week), '15:00');
    if (!at) continue;
    const meeting = await schedule({ title: `Laboratorio di gara, incontro ${week} di 3`, summary: 'Si prepara insieme una procedura, dalla determina all’aggiudicazione.', kind: 'class', startsAt: at, minutes: 120, editionId: running.id, seriesId });
    await seat(meeting, enrolled);
  }

  // Full, with a waiting list
  const full = await schedule({
    title: 'Il fabbisogno di personale nel PIAO', summary: 'Dal piano dei fabbisogni alla sezione del PIAO: un esempio completo.', startsAt: romeMoment(romeDay(new Date(now.getTime() + 6 * DAY)), '11:00') ?? now, minutes: 75, networkId: personale, capacity: 12,
  });
  const wanting = await membersOf(personale, 18);
  await seat(full, wanting.slice(0, 12));
  await seat(full, wanting.slice(12), 'waiting');
  const talk = await schedule({ title: 'Dati aperti del territorio: da dove cominciare', summary: 'Quali dati ha già una Provincia e come si pubblicano.', startsAt: romeMoment(romeDay(new Date(now.getTime() - 25 * DAY)), '12:00') ?? now, minutes: 45, networkId: sit, openedAt: new Date(now.getTime() - 25 * DAY), closedAt: new Date(now.getTime() - 24 * DAY) });
  const listeners = (await membersOf(sit, 20)).filter((id) => id !== elena);
  await seat(talk, listeners);
  await seedRecording(tx, talk, elena, listeners);
  // Not in the moment in which the first page is asked for
  await enqueue(tx, 'mux-recording', { webinarId: talk.id }, { delayMs: 4000 });
}

/** The next full quarter of an hour, at least so many minutes away. */
function atQuarter(now: Date, minutes: number): Date {
  const quarter = 15 * MINUTE;
  return new Date(Math.ceil((now.getTime() + minutes * MINUTE) / quarter) * quarter);
}

/** Who came when: most all the time, some late, some with a line that broke, a few not at all; then the register is locked and the hours are credited. */
async function attend(tx: Tx, random: Random, webinar: Webinar, trainer: string, people: string[]): Promise<void> {
  const start = webinar.starts_at.getTime();
  const lines: { person_id: string; connection: string; what: 'join' | 'leave'; at: Date; role: 'attendee' | 'presenter' }[] = [];
  const stay = (person_id: string, from: number, to: number, role: 'attendee' | 'presenter' = 'attendee') => {
    const connection = randomUUID();
    lines.push({ person_id, connection, what: 'join', at: new Date(start + from * 1000), role }, { person_id, connection, what: 'leave', at: new Date(start + to * 1000), role });
  };
  stay(trainer, -600, 5460, 'presenter');
  const minutesOf = new Map<string, number>();
  for (const person of people) {
    const kind = random.int(1, 10);
    if (kind === 10) continue;
    const from = kind >= 8 ? random.int(300, 1500) : random.int(-500, 0);
    if (kind === 7) {
      const broken = random.int(1000, 3000);
      stay(person, from, broken);
      stay(person, broken + random.int(5, 50), 5430);
    } else stay(person, from, 5430);
    minutesOf.set(person, Math.floor((5400 - Math.max(0, from)) / 60));
  }
  lines.sort((a, b) => a.at.getTime() - b.at.getTime());
  const head = await lockHead(tx, webinar.id);
  await append(tx, webinar.id, head, lines);
  const locked = new Date(start + 100 * MINUTE);
  await tx('webinars').where('id', webinar.id).update({ register_locked_at: locked, register_locked_by: trainer, register_sequence: lines.length });
  for (const [person, minutes] of minutesOf) {
    await tx.raw(
      `insert into hours_entries (person_id, body_id, member_id, area_code, enrolment_id, modality, minutes, day, source, source_key, note, recorded_at)
       select e.person_id, e.body_id, e.member_id, c.area_code, e.id, 'live', :minutes, :day::date, 'attendance', 'attendance:' || :webinar || ':' || e.person_id, :note, :at
         from enrolments e join editions ed on ed.id = e.edition_id join courses c on c.id = ed.course_id where e.edition_id = :edition and e.person_id = :person and (e.ended_at is null or e.ended_at > :at)`,
      { minutes, day: romeDay(webinar.starts_at), webinar: webinar.id, note: webinar.title, at: locked, edition: webinar.edition_id, person });
  }
}
