import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Tx } from '../../database/transaction.ts';
import { romeDay } from '../../gateways/clock.ts';
import { logDisk, logPath } from '../../gateways/log-disk.ts';
import { logHead, logRecord, readLog, RECORD } from '../../webinars/recording/packet-log.ts';
import { KEPT_DAYS } from '../../webinars/recording/recording.ts';
import type { Webinar } from '../../webinars/webinar.ts';
import { seedSlides } from '../seed-slides.ts';
import { SLIDE_SECONDS, SLIDES } from './slides.ts';

const LOG = join(import.meta.dirname, 'past-webinar.packets');
const DAY_MS = 24 * 3_600_000;
/** Where a frame's header has its moment. */
const PTS_AT = 16;

const CHAT: [seconds: number, who: number, text: string][] = [
  [3, 0, 'Buongiorno a tutti!'], [9, 1, 'Buongiorno, si sente bene.'], [18, 2, 'Noi abbiamo il catasto strade, aggiornato l’anno scorso.'], [26, 3, 'Gli edifici scolastici li abbiamo su un foglio di calcolo: basta?'],
  [34, 1, 'Noi siamo partiti proprio da quello.'], [47, 2, 'Per la licenza avete usato CC BY?'], [55, 0, 'Sì, e nessuno ha avuto da ridire.'], [66, 3, 'Grazie, molto utile.'],
];

/** A recording of a past webinar: a log that was made once, brought to this webinar's time and presenter; the files are made of it by a worker (`mux-recording`), as of any other. */
export async function seedRecording(tx: Tx, webinar: Webinar, presenter: string, people: string[]): Promise<void> {
  const startsAt = webinar.starts_at;
  const at = (seconds: number): Date => new Date(startsAt.getTime() + seconds * 1000);
  await writeLog(webinar, presenter);
  await tx('webinars').where('id', webinar.id).update({ recorded: true });
  await tx('recordings').insert({ webinar_id: webinar.id, starts_at: startsAt, visibility: 'network', keep_until: romeDay(new Date(webinar.ends_at.getTime() + KEPT_DAYS * DAY_MS)) });
  await tx('recording_runs').insert({ webinar_id: webinar.id, started_at: startsAt, started_by: presenter, stopped_at: at(SLIDES.length * SLIDE_SECONDS), stopped_by: presenter });
  const deck = await seedSlides(tx, webinar, presenter, { title: 'Dati aperti del territorio', slides: SLIDES });
  await tx('slide_changes').insert(SLIDES.map((_, index) => ({ webinar_id: webinar.id, sequence: index + 1, deck_id: deck, page: index + 1, at: at(index * SLIDE_SECONDS), by: presenter })));
  await tx('recording_marks').insert({ webinar_id: webinar.id, at: at(40), title: 'Domande sulla qualità dei dati', author_id: presenter, client_id: randomUUID() });
  const cues = SLIDES.map(({ title, lines }, index) => `${stamp(index * SLIDE_SECONDS)} --> ${stamp((index + 1) * SLIDE_SECONDS - 1)}\n${title}.\n${lines.join('; ')}.`);
  await tx('recording_captions').insert({ webinar_id: webinar.id, language: 'it', text: `WEBVTT\n\n${cues.join('\n\n')}\n`, cues: cues.length, sent_by: presenter, at: webinar.ends_at });
  await talk(tx, webinar, presenter, people, at);
}

async function talk(tx: Tx, webinar: Webinar, presenter: string, people: string[], at: (seconds: number) => Date): Promise<void> {
  const of = (index: number): string => people[index % people.length] ?? presenter;
  await tx('room_talks').insert({ webinar_id: webinar.id, last_sequence: CHAT.length });
  await tx('room_messages').insert(CHAT.map(([seconds, who, text], index) => ({ webinar_id: webinar.id, sequence: index + 1, author_id: of(who), role: 'attendee', client_id: randomUUID(), text, at: at(seconds) })));
  const questions = [
    { text: 'Chi risponde se un dato pubblicato è sbagliato?', author_id: of(1), at: at(36), state: 'answered', settled_at: at(44), settled_by: presenter },
    { text: 'Esiste un modello di scheda per descrivere un insieme di dati?', author_id: of(2), at: at(40) },
  ];
  const ids = (await tx('room_questions').insert(questions.map((question) => ({ state: 'open', settled_at: null, settled_by: null, ...question, webinar_id: webinar.id, client_id: randomUUID() }))).returning('id')) as { id: string }[];
  await tx('room_question_votes').insert(ids.flatMap(({ id }) => people.slice(0, 4).map((person_id) => ({ question_id: id, person_id }))));
  const [poll] = (await tx('room_polls').insert({ webinar_id: webinar.id, author_id: presenter, client_id: randomUUID(), question: 'La tua Provincia pubblica già dati aperti?', options: ['Sì', 'Non ancora'], multiple: false, at: at(50), closed_at: at(64) }).returning('id')) as { id: string }[];
  if (poll) await tx('room_poll_votes').insert(people.slice(0, 9).map((person_id, index) => ({ poll_id: poll.id, person_id, choice: index % 3 === 0 ? 1 : 0 })));
}

/** The log's own time begins with 0, and its presenter is nobody. */
async function writeLog({ id, starts_at }: Webinar, presenter: string): Promise<void> {
  const origin = starts_at.getTime();
  const parts: Uint8Array[] = [logHead(origin)];
  for await (const { type, at, body } of readLog(logDisk.read(LOG))) {
    let written = Buffer.from(body);
    if (type === RECORD.track) written = Buffer.from(JSON.stringify({ ...(JSON.parse(body.toString()) as object), personId: presenter }));
    else if (type === RECORD.frame) written.writeDoubleLE(written.readDoubleLE(PTS_AT) + origin * 1000, PTS_AT);
    parts.push(...logRecord(type, at, written));
  }
  const path = logPath(id, `${origin}-${randomUUID()}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.concat(parts));
}

const stamp = (seconds: number): string => `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}.000`;
