import type { CaptionLanguage } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { conflict, invalidField, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findRecording, findRecordingToRun } from './find-recording.ts';

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

/** @throws AppError 404, 403 */
export async function removeCaptions(actor: Actor, number: number, language: CaptionLanguage): Promise<void> {
  const { webinar } = await findRecordingToRun(actor, number);
  await database()('recording_captions').where({ webinar_id: webinar.id, language }).delete();
}

/** @throws AppError 404, 403 */
export async function readCaptions(actor: Actor | null, number: number, language: CaptionLanguage): Promise<string> {
  const { webinar } = await findRecording(actor, number);
  const row = (await database()('recording_captions').where({ webinar_id: webinar.id, language }).first('text')) as { text: string } | undefined;
  if (!row) throw notFound();
  return row.text;
}
