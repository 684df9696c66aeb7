import type { CaptionLanguage } from '../../contract/recording.ts';
import type { VTTNode } from 'media-captions';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, invalidField, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findRecording, findRecordingToRun, type FoundRecording } from './find-recording.ts';
import { spokenCues, toWebVtt } from './spoken-cues.ts';

/** In which what is said is written along. */
const LIVE_LANGUAGE = 'it' satisfies CaptionLanguage;
/** More than anybody says in a day. */
const MOST_SPOKEN = 10_000;

/** Every cue of a WebVTT text with its times. @throws AppError 422 `captions-no-webvtt`, `captions-none`, `captions-times` */
export async function checkCaptions(bytes: Uint8Array): Promise<{ text: string; cues: number }> {
  const wrong = (code: string) => invalidField('body', code, code);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wrong('captions-no-webvtt');
  }
  if (text.includes('\0') || !/^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/.test(text)) throw wrong('captions-no-webvtt');
  const { parseText } = await import('media-captions');
  const { cues, errors } = await parseText(text, { type: 'vtt', errors: true });
  if (cues.length === 0) throw wrong('captions-none');
  // The parser leaves out what has no proper times, and whoever sent it would wonder where it went
  const timed = text.match(/-->/g)?.length ?? 0;
  if (errors.length > 0 || timed !== cues.length || cues.some(({ startTime, endTime }) => endTime <= startTime)) throw wrong('captions-times');
  return { text, cues: cues.length };
}

/** Captions in a language, in place of those before. @param read gives what was sent, once it is known that she may. @throws AppError 404, 403; 409 `recording-deleted`; 422 */
export async function setCaptions(actor: Actor, number: number, language: CaptionLanguage, read: () => Promise<Uint8Array>): Promise<void> {
  const { webinar, recording } = await findRecordingToRun(actor, number);
  if (recording.state === 'deleted') throw conflict('recording-deleted');
  const checked = await checkCaptions(await read());
  const row = { ...checked, sent_by: actor.id, at: clock.now() };
  await database()('recording_captions').insert({ webinar_id: webinar.id, language, ...row }).onConflict(['webinar_id', 'language']).merge(row);
}

/** What was sent goes, and what was written along. @throws AppError 404, 403 */
export async function removeCaptions(actor: Actor, number: number, language: CaptionLanguage): Promise<void> {
  const { webinar } = await findRecordingToRun(actor, number);
  await transaction(async (tx) => {
    await tx('recording_captions').where({ webinar_id: webinar.id, language }).delete();
    if (language === LIVE_LANGUAGE) await tx('room_captions').where('webinar_id', webinar.id).delete();
  });
}

/** @throws AppError 404, 403 */
export async function readCaptions(actor: Actor | null, number: number, language: CaptionLanguage): Promise<string> {
  const text = await captionsOf(await findRecording(actor, number), language);
  if (text === undefined) throw notFound();
  return text;
}

/** What there is: first what was sent, by language; in the language that is spoken, else what was written along. */
export async function listCaptionsOf(found: FoundRecording): Promise<{ language: CaptionLanguage; cues: number; live: boolean }[]> {
  const [sent, spoken] = await Promise.all([
    database()('recording_captions').where('webinar_id', found.webinar.id).orderBy('language', 'desc').select('language', 'cues') as Promise<{ language: CaptionLanguage; cues: number }[]>,
    spokenCues(found),
  ]);
  const all = sent.map((one) => ({ ...one, live: false }));
  return spoken.length === 0 || sent.some(({ language }) => language === LIVE_LANGUAGE) ? all : [{ language: LIVE_LANGUAGE, cues: spoken.length, live: true }, ...all];
}

/** What was said, for the search: in the language that was spoken, where there are captions in it. */
export async function listSpoken(found: FoundRecording): Promise<{ seconds: number; text: string }[]> {
  const text = (await captionsOf(found, LIVE_LANGUAGE)) ?? (await captionsOf(found, 'en'));
  if (text === undefined) return [];
  const { parseText, tokenizeVTTCue } = await import('media-captions');
  const { cues } = await parseText(text, { type: 'vtt' });
  return cues.slice(0, MOST_SPOKEN).map((cue) => ({ seconds: cue.startTime, text: tokenizeVTTCue(cue).map(wordsOf).join('') }));
}

/** Marks of who speaks and how are no words. */
const wordsOf = (token: VTTNode): string => (token.type === 'text' ? token.data : token.children.map(wordsOf).join(''));

async function captionsOf(found: FoundRecording, language: CaptionLanguage): Promise<string | undefined> {
  const row = (await database()('recording_captions').where({ webinar_id: found.webinar.id, language }).first('text')) as { text: string } | undefined;
  if (row || language !== LIVE_LANGUAGE) return row?.text;
  const cues = await spokenCues(found);
  return cues.length > 0 ? toWebVtt(cues) : undefined;
}
