import './recording-messages.ts';
import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { CaptionLanguage, LessonRecordings, LessonRecordingsQuery, MarkInput, MOST_CAPTION_BYTES, PositionInput, RecordingChange, RecordingRemoval, Replay, ReplayTalk, ReplayThread } from '../../contract/recording.ts';
import { WebinarNumber } from '../../contract/webinars.ts';
import { anyone, signedIn } from '../../http/access.ts';
import { FileReply, routesOf } from '../../http/route.ts';
import { readCaptions, removeCaptions, setCaptions } from './captions.ts';
import { changeRecording, rememberPosition } from './change-recording.ts';
import { deleteRecording } from './delete-recording.ts';
import { listLessonRecordings } from './lesson-recordings.ts';
import { removeMark, setMark } from './marks.ts';
import { openQuestionThread } from './question-threads.ts';
import { readReplay, sendRecordingFile } from './read-replay.ts';
import { readReplayTalk } from './read-replay-talk.ts';

const { route, routes } = routesOf('webinars');
const byNumber = z.object({ number: WebinarNumber });
const byId = byNumber.extend({ id: Id });
const byLanguage = byNumber.extend({ language: CaptionLanguage });
/** A player says where it is every few seconds. */
const LIVELY = { points: 60, seconds: 60, here: true };

route({
  method: 'get', path: '/webinars/:number/recording', summary: 'The recording of a webinar: its files, chapters and captions', access: anyone, params: byNumber, response: Replay,
  handle: ({ actor, params }) => readReplay(actor, params.number),
});

route({
  method: 'get', path: '/lesson-recordings', summary: 'The recordings of the live meetings that stand for a lesson', access: signedIn, query: LessonRecordingsQuery, response: LessonRecordings,
  handle: ({ actor, query }) => listLessonRecordings(actor, query.enrolment, query.lesson),
});

route({
  method: 'get', path: '/webinars/:number/recording/talk', summary: 'What was written in the room, on the recording’s clock', access: anyone, params: byNumber, response: ReplayTalk,
  handle: ({ actor, params }) => readReplayTalk(actor, params.number),
});

route({
  method: 'get', path: '/webinars/:number/recording/files/:id', summary: 'A file of a recording, whole or in parts', access: anyone, params: byId, query: z.object({ download: z.enum(['1']).optional() }), response: 'application/octet-stream',
  handle: ({ actor, params, query }) => sendRecordingFile(actor, params.number, params.id, query.download === '1'),
});

route({
  method: 'patch', path: '/webinars/:number/recording', summary: 'Who may watch a recording, and until when it is kept', access: signedIn, params: byNumber, body: RecordingChange, response: Replay,
  async handle({ actor, params, body }) {
    await changeRecording(actor, params.number, body);
    return readReplay(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/recording/removal', summary: 'Delete a recording before its time, with the reason', access: signedIn, params: byNumber, body: RecordingRemoval, response: Replay,
  async handle({ actor, params, body }) {
    await deleteRecording(actor, params.number, body.reason);
    return readReplay(actor, params.number);
  },
});

route({
  method: 'put', path: '/webinars/:number/recording/position', summary: 'Where I stopped watching', access: signedIn, params: byNumber, body: PositionInput, response: Empty, limit: LIVELY,
  async handle({ actor, params, body }) {
    await rememberPosition(actor, params.number, body.seconds);
    return {};
  },
});

route({
  method: 'post', path: '/webinars/:number/recording/marks', summary: 'Give a name to a moment of a recording, or to now', access: signedIn, params: byNumber, body: MarkInput, response: Empty, status: 201,
  async handle({ actor, params, body }) {
    await setMark(actor, params.number, body);
    return {};
  },
});

route({
  method: 'delete', path: '/webinars/:number/recording/marks/:id', summary: 'A moment has no name any more', access: signedIn, params: byId, response: Empty,
  async handle({ actor, params }) {
    await removeMark(actor, params.number, params.id);
    return {};
  },
});

route({
  method: 'get', path: '/webinars/:number/recording/captions/:language', summary: 'The captions of a recording', access: anyone, params: byLanguage, response: 'text/vtt',
  handle: async ({ actor, params }) => new FileReply('text/vtt; charset=utf-8', await readCaptions(actor, params.number, params.language), { inline: true, headers: { 'Cache-Control': 'private, no-cache' } }),
});

route({
  method: 'put', path: '/webinars/:number/recording/captions/:language', summary: 'Captions of a recording, as WebVTT', access: signedIn, params: byLanguage, accepts: 'text/vtt', maxBody: MOST_CAPTION_BYTES, response: Empty, limit: { points: 30, seconds: 600 },
  async handle({ actor, params, raw }) {
    await setCaptions(actor, params.number, params.language, raw);
    return {};
  },
});

route({
  method: 'delete', path: '/webinars/:number/recording/captions/:language', summary: 'Captions are taken away', access: signedIn, params: byLanguage, response: Empty,
  async handle({ actor, params }) {
    await removeCaptions(actor, params.number, params.language);
    return {};
  },
});

route({
  method: 'post', path: '/webinars/:number/questions/:id/thread', summary: 'An unanswered question goes on as a thread of the network', access: signedIn, params: byId, body: Empty, response: ReplayThread, status: 201, limit: { points: 60, seconds: 600 },
  handle: async ({ actor, params }) => ({ number: await openQuestionThread(actor, params.number, params.id) }),
});

export const recordingRoutes = routes;
