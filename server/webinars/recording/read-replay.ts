import type { z } from 'zod';
import type { Replay } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { AppError, notFound } from '../../errors.ts';
import { files } from '../../gateways/files.ts';
import type { Actor } from '../../http/actor.ts';
import { FileReply } from '../../http/route.ts';
import { listCaptionsOf } from './captions.ts';
import { listChapters } from './chapters.ts';
import { findRecording, type FoundRecording } from './find-recording.ts';
import type { Span } from './recording.ts';

interface FileRow {
  id: string;
  kind: 'camera' | 'screen' | 'audio';
  person: string;
  media_type: string;
  bytes: string;
  digest: string;
  duration_ms: number;
  width: number | null;
  height: number | null;
  seen: Span[];
}

const inSeconds = (spans: readonly Span[]): Span[] => spans.map(([from, to]) => [from / 1000, to / 1000]);
/** Names are the people's own as they are today: who has closed her account is nobody here too. */
const filesOf = (webinarId: string) => database()('recording_files as f').join('people as p', 'p.id', 'f.person_id').where('f.webinar_id', webinarId).orderBy('f.position').select('f.*', database().raw("p.given_name || ' ' || p.family_name as person")) as unknown as Promise<FileRow[]>;

/** All that a player needs. @throws AppError 404; 403 `recording-not-yours` */
export async function readReplay(actor: Actor | null, number: number): Promise<z.input<typeof Replay>> {
  const found = await findRecording(actor, number);
  const { webinar, recording, runs, insider } = found;
  const [rows, chapters, captions, position, network] = await Promise.all([
    recording.state === 'ready' ? filesOf(webinar.id) : [],
    recording.state === 'ready' ? listChapters(found) : [],
    recording.state === 'deleted' ? [] : listCaptionsOf(found),
    actor ? (database()('recording_positions').where({ webinar_id: webinar.id, person_id: actor.id }).first('seconds') as Promise<{ seconds: number } | undefined>) : undefined,
    webinar.network_id ? (database()('networks').where('id', webinar.network_id).first('key', 'name') as Promise<{ key: string; name: string } | undefined>) : undefined,
  ]);
  return {
    webinar: { number: webinar.number, title: webinar.title, startsAt: webinar.starts_at, network: network ?? null },
    state: recording.state, duration: recording.duration_ms / 1000,
    files: rows.map(({ id, kind, person, media_type, bytes, width, height, duration_ms, seen }) => ({ id, kind, person, mediaType: media_type, bytes: Number(bytes), width, height, duration: duration_ms / 1000, seen: inSeconds(seen) })),
    chapters, captions, position: position?.seconds ?? null, visibility: recording.visibility, keepUntil: recording.keep_until, deletedAt: recording.deleted_at, gaps: runs ? inSeconds(recording.gaps) : [],
    abilities: { change: runs, remember: actor !== null, threads: runs && insider && webinar.network_id !== null },
  };
}

/** A file of a recording, in parts where the browser asks for one. @param download to be kept, with a name. @throws AppError 404, 403; 410 `recording-deleted` */
export async function sendRecordingFile(actor: Actor | null, number: number, id: string, download: boolean): Promise<FileReply> {
  const { webinar, recording } = await findRecording(actor, number);
  refuseDeleted(recording);
  const file = (await filesOf(webinar.id)).find((row) => row.id === id);
  if (!file) throw notFound();
  return new FileReply(file.media_type, { size: Number(file.bytes), etag: `"${file.digest}"`, open: (range) => files.read(file.digest, range) }, {
    filename: `webinar-${webinar.number}-${file.kind}-${file.person.replace(/[^\p{L}\d]+/gu, '-')}.${file.media_type.split('/')[1] ?? 'webm'}`, inline: !download,
    // Who may see it is asked each time; who has it need not get it again
    headers: { 'Cache-Control': 'private, no-cache', 'Content-Security-Policy': "default-src 'none'; media-src 'self'; sandbox" },
  });
}

function refuseDeleted({ state }: FoundRecording['recording']): void {
  if (state === 'deleted') throw new AppError(410, 'recording-deleted');
}
