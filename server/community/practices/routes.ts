import './messages.ts';
import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { NetworkKey } from '../../contract/community.ts';
import {
  AdoptionInput, Practice, PracticeAddress, PracticeCommentInput, PracticeFileInput, PracticeFilters, PracticeInput, PracticeOverview, PracticePage, PracticeQuery, PracticeRevision, PracticeWords, PracticeWork,
} from '../../contract/practices.ts';
import { PracticeSearchPage, SearchQuery } from '../../contract/search.ts';
import { ContentQuery } from '../../contract/documents.ts';
import { anyone, signedIn } from '../../http/access.ts';
import type { Actor } from '../../http/actor.ts';
import { decodeCursor, MomentKey, toPage } from '../../http/pagination.ts';
import { routesOf } from '../../http/route.ts';
import { searchPage } from '../../words/search-page.ts';
import { adoptPractice, withdrawAdoption } from './adopt-practice.ts';
import { commentPractice } from './comment-practice.ts';
import { listPractices } from './list-practices.ts';
import { attachToPractice, detachFromPractice, sendPracticeFile } from './practice-files.ts';
import { presentPractice, presentPracticeHit, presentRow } from './present.ts';
import { readOverview } from './read-overview.ts';
import { readPractice } from './read-practice.ts';
import { reviewRoutes } from './review-routes.ts';
import { searchPractices } from './search-practices.ts';
import { submitPractice, takeBackPractice } from './submit-practice.ts';
import { takeOverPractice } from './take-over-practice.ts';
import { understandWords } from './understand-words.ts';
import { discardWork, savePractice, startPractice } from './write-practice.ts';

const { route, routes } = routesOf('community');

const byKey = z.object({ key: NetworkKey });
const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) });

/** A sheet as after every act: the author goes on with her working copy. */
const view = async (actor: Actor, number: number, version?: 'work') => presentPractice(await readPractice(actor, number, version), actor);

route({
  method: 'get', path: '/practices', summary: 'Best practices that one may read, newest first; or my own, or what waits for my review', access: anyone, query: PracticeQuery, response: PracticePage, limit: { points: 240, seconds: 60, parameter: 'q', here: true },
  async handle({ actor, query: { cursor, limit, ...filters } }) {
    const after = cursor ? decodeCursor(cursor, z.tuple([MomentKey, Id])) : undefined;
    const { words, ...understood } = await understandWords(actor, filters);
    const { rows, total } = await listPractices(actor, filters, words, after, limit);
    const { items, next } = toPage(rows, limit, (last) => [last.sorted, last.id]);
    return { items: items.map(presentRow), next, total, ...understood };
  },
});

route({
  method: 'get', path: '/practices/overview', summary: 'The map of the best practices so filtered, and what can be filtered by', access: anyone, query: PracticeFilters, response: PracticeOverview, limit: { points: 240, seconds: 60, parameter: 'q', here: true },
  handle: ({ actor, query }) => readOverview(actor, query),
});

route({
  method: 'post', path: '/networks/:key/practices', summary: 'Begin a best practice, as a draft of one’s own', access: signedIn, params: byKey, body: PracticeInput, response: PracticeAddress, status: 201, limit: { points: 30, seconds: 600 },
  handle: async ({ actor, params, body }) => ({ number: await startPractice(actor, params.key, body) }),
});

route({
  method: 'get', path: '/practices/:number', summary: 'A best practice: what everybody reads, an older version, or the working copy', access: anyone, params: byNumber, query: PracticeWords, response: Practice,
  handle: async ({ actor, params, query }) => presentPractice(await readPractice(actor, params.number, query.version), actor),
});

route({
  method: 'put', path: '/practices/:number/work', summary: 'Save the working copy', access: signedIn, params: byNumber, body: PracticeWork, response: Practice, limit: { points: 120, seconds: 600, here: true },
  async handle({ actor, params, body }) {
    await savePractice(actor, params.number, body);
    return view(actor, params.number, 'work');
  },
});

route({
  method: 'delete', path: '/practices/:number/work', summary: 'Throw away what was not published', access: signedIn, params: byNumber, query: z.object({ revision: z.coerce.number().int() }), response: z.object({ published: z.boolean() }),
  handle: async ({ actor, params, query }) => ({ published: await discardWork(actor, params.number, query.revision) }),
});

route({
  method: 'put', path: '/practices/:number/submission', summary: 'Hand it to the reviewers', access: signedIn, params: byNumber, body: PracticeRevision, response: Practice, limit: { points: 30, seconds: 600 },
  async handle({ actor, params, body }) {
    await submitPractice(actor, params.number, body.revision);
    return view(actor, params.number, 'work');
  },
});

route({
  method: 'delete', path: '/practices/:number/submission', summary: 'Take it back from them', access: signedIn, params: byNumber, response: Practice,
  async handle({ actor, params }) {
    await takeBackPractice(actor, params.number);
    return view(actor, params.number, 'work');
  },
});

route({
  method: 'post', path: '/practices/:number/comments', summary: 'Author and reviewers talk about a sheet', access: signedIn, params: byNumber, body: PracticeCommentInput, response: Empty, status: 201, limit: { points: 60, seconds: 600 },
  async handle({ actor, params, body }) {
    await commentPractice(actor, params.number, body);
    return {};
  },
});

route({
  method: 'put', path: '/practices/:number/adoption', summary: 'My body has adopted it too', access: signedIn, params: byNumber, body: AdoptionInput, response: Practice, limit: { points: 60, seconds: 600 },
  async handle({ actor, params, body }) {
    await adoptPractice(actor, params.number, body.note);
    return view(actor, params.number);
  },
});

route({
  method: 'delete', path: '/practices/:number/adoption', summary: 'Take that back', access: signedIn, params: byNumber, response: Practice,
  async handle({ actor, params }) {
    await withdrawAdoption(actor, params.number);
    return view(actor, params.number);
  },
});

route({
  method: 'get', path: '/search/practices', summary: 'Search the best practices that one may read', access: anyone, query: SearchQuery, response: PracticeSearchPage, limit: { points: 240, seconds: 60 },
  handle: ({ actor, query: { q, exact, cursor, limit, ...filters } }) => searchPage({ q, exact, cursor, limit }, (order) => searchPractices(actor, { ...order, filters }), presentPracticeHit),
});

const byFile = byNumber.extend({ id: Id });

route({
  method: 'post', path: '/practices/:number/files', summary: 'Add a document to the working copy', access: signedIn, params: byNumber, body: PracticeFileInput, response: Practice, status: 201, limit: { points: 60, seconds: 3600 },
  async handle({ actor, params, body }) {
    await attachToPractice(actor, params.number, body);
    return view(actor, params.number, 'work');
  },
});

route({
  method: 'delete', path: '/practices/:number/files/:id', summary: 'Take a document out of the working copy', access: signedIn, params: byFile, query: z.object({ revision: z.coerce.number().int() }), response: Practice,
  async handle({ actor, params, query }) {
    await detachFromPractice(actor, params.number, params.id, query.revision);
    return view(actor, params.number, 'work');
  },
});

route({
  method: 'get', path: '/practices/:number/files/:id/content', summary: 'A document of a best practice', access: anyone, params: byFile, query: ContentQuery, response: 'application/octet-stream',
  handle: ({ actor, params, query }) => sendPracticeFile(actor, params.number, params.id, query.inline === '1'),
});

route({
  method: 'put', path: '/practices/:number/authorship', summary: 'Go on with a sheet whose author has left', access: signedIn, params: byNumber, response: Practice,
  async handle({ actor, params }) {
    await takeOverPractice(actor, params.number);
    return view(actor, params.number);
  },
});

export const practiceRoutes = [...routes, ...reviewRoutes];
