import './messages.ts';
import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { NetworkKey, ReasonInput } from '../../contract/community.ts';
import { ContentQuery, DocumentChange, DocumentInput, DocumentPage, DocumentQuery, DocumentView, Image, ImageInput, VersionInput } from '../../contract/documents.ts';
import { DocumentSearchPage, SearchQuery } from '../../contract/search.ts';
import type { Actor } from '../../http/actor.ts';
import { anyone, signedIn } from '../../http/access.ts';
import { decodeCursor, toPage } from '../../http/pagination.ts';
import { routesOf } from '../../http/route.ts';
import { searchPage } from '../../words/search-page.ts';
import { loadReadable } from '../load-network.ts';
import { mayWrite } from '../policy.ts';
import { addDocument, addVersion } from './add-document.ts';
import { addImage } from './add-image.ts';
import { changeDocument, removeDocument } from './change-document.ts';
import { findDocument, listDocumentThreads, listDocumentVersions } from './find-document.ts';
import { listDocuments } from './list-documents.ts';
import { presentDocument, presentDocumentHit, presentDocumentView } from './present.ts';
import { searchDocuments } from './search-documents.ts';
import { sendDocument } from './send-document.ts';
import { sendImage } from './send-image.ts';

const { route, routes } = routesOf('documents');

const byKey = z.object({ key: NetworkKey });
const number = z.coerce.number().int().min(1).max(2_000_000_000);
const byNumber = z.object({ number });

const view = async (actor: Actor | null, of: number) => {
  const document = await findDocument(actor, of);
  const [versions, threads] = await Promise.all([listDocumentVersions(document.id), listDocumentThreads(document.id)]);
  return presentDocumentView(document, versions, threads, actor);
};

route({
  method: 'get', path: '/networks/:key/documents', summary: 'The library of a network, what changed last first', access: anyone, params: byKey, query: DocumentQuery, response: DocumentPage,
  async handle({ actor, params, query: { cursor, limit } }) {
    const { network, standing } = await loadReadable(actor, params.key);
    const after = cursor ? decodeCursor(cursor, z.tuple([z.iso.datetime(), Id])) : undefined;
    const { items, next } = toPage(await listDocuments(network.id, { after, limit }), limit, (last) => [last.changed_at.toISOString(), last.id]);
    return { items: items.map(presentDocument), next, abilities: { add: mayWrite(network, standing) } };
  },
});

route({
  method: 'post', path: '/networks/:key/documents', summary: 'Put an uploaded file into the library', access: signedIn, params: byKey, body: DocumentInput, response: DocumentView, status: 201, limit: { points: 60, seconds: 3600 },
  handle: async ({ actor, params, body }) => view(actor, await addDocument(actor, params.key, body)),
});

route({
  method: 'get', path: '/documents/:number', summary: 'A document: what it is, its versions, where it is spoken of', access: anyone, params: byNumber, response: DocumentView,
  handle: ({ actor, params }) => view(actor, params.number),
});

route({
  method: 'patch', path: '/documents/:number', summary: 'Say better what it is', access: signedIn, params: byNumber, body: DocumentChange, response: DocumentView,
  async handle({ actor, params, body }) {
    await changeDocument(actor, params.number, body);
    return view(actor, params.number);
  },
});

route({
  method: 'put', path: '/documents/:number/removal', summary: 'Remove a document, with a reason', access: signedIn, params: byNumber, body: ReasonInput, response: Empty,
  async handle({ actor, params, body }) {
    await removeDocument(actor, params.number, body.reason);
    return {};
  },
});

route({
  method: 'post', path: '/documents/:number/versions', summary: 'A new version of a document', access: signedIn, params: byNumber, body: VersionInput, response: DocumentView, status: 201, limit: { points: 60, seconds: 3600 },
  async handle({ actor, params, body }) {
    await addVersion(actor, params.number, body);
    return view(actor, params.number);
  },
});

route({
  method: 'get', path: '/documents/:number/content', summary: 'The newest version of a document: an address that stays', access: anyone, params: byNumber, query: ContentQuery, response: 'application/octet-stream',
  handle: ({ actor, params, query }) => sendDocument(actor, params.number, undefined, query.inline === '1'),
});

route({
  method: 'get', path: '/documents/:number/versions/:version/content', summary: 'A version of a document: an address that stays', access: anyone, params: byNumber.extend({ version: number }), query: ContentQuery, response: 'application/octet-stream',
  handle: ({ actor, params, query }) => sendDocument(actor, params.number, params.version, query.inline === '1'),
});

route({
  method: 'post', path: '/networks/:key/images', summary: 'A picture for a post', access: signedIn, params: byKey, body: ImageInput, response: Image, status: 201, limit: { points: 60, seconds: 3600 },
  async handle({ actor, params, body }) {
    const { id, width, height } = await addImage(actor, params.key, body.uploadId);
    return { id, address: `/api/v1/images/${id}`, width, height };
  },
});

route({
  method: 'get', path: '/images/:id', summary: 'A picture of a post', access: anyone, params: z.object({ id: Id }), response: 'image/webp',
  handle: ({ actor, params }) => sendImage(actor, params.id),
});

route({
  method: 'get', path: '/search/documents', summary: 'Search the documents that one may read, and what they say', access: anyone, query: SearchQuery, response: DocumentSearchPage, limit: { points: 240, seconds: 60 },
  handle: ({ actor, query: { q, exact, cursor, limit, ...filters } }) => searchPage({ q, exact, cursor, limit }, (order) => searchDocuments(actor, { ...order, filters }), presentDocumentHit),
});

export const documentsRoutes = routes;
