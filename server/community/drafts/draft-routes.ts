import { z } from 'zod';
import { Empty, Id } from '../../contract/common.ts';
import { NetworkKey } from '../../contract/community.ts';
import { DraftInput, DraftList, DraftState } from '../../contract/drafts.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import { findThread, findWritable } from '../find-thread.ts';
import { loadReadable, loadWritable } from '../load-network.ts';
import { dropDraft, dropOther } from './drop-draft.ts';
import { presentDraft, presentListed } from './present.ts';
import { listDrafts, readDraft } from './read-drafts.ts';
import { saveDraft } from './save-draft.ts';

const { route, routes } = routesOf('community');

const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) });
const byKey = z.object({ key: NetworkKey });
const byId = z.object({ id: Id });

/** An editor saves some seconds after each pause. */
const SAVES = { points: 600, seconds: 600, here: true };

route({
  method: 'get', path: '/threads/:number/draft', summary: 'The reply that I am writing in a thread', access: signedIn, params: byNumber, response: DraftState,
  handle: async ({ actor, params }) => presentDraft(await readDraft(actor, { thread_id: (await findThread(actor, params.number)).id })),
});

route({
  method: 'put', path: '/threads/:number/draft', summary: 'Keep the reply that I am writing in a thread', access: signedIn, params: byNumber, body: DraftInput, response: DraftState, limit: SAVES,
  async handle({ actor, params, body }) {
    const thread = await findWritable(actor, params.number);
    return presentDraft(await saveDraft(actor, { thread_id: thread.id }, thread.network_id, body));
  },
});

route({
  method: 'get', path: '/networks/:key/draft', summary: 'The thread that I am about to open in a network', access: signedIn, params: byKey, response: DraftState,
  handle: async ({ actor, params }) => presentDraft(await readDraft(actor, { network_id: (await loadReadable(actor, params.key)).network.id })),
});

route({
  method: 'put', path: '/networks/:key/draft', summary: 'Keep the thread that I am about to open in a network', access: signedIn, params: byKey, body: DraftInput, response: DraftState, limit: SAVES,
  async handle({ actor, params, body }) {
    const { network } = await loadWritable(actor, params.key);
    return presentDraft(await saveDraft(actor, { network_id: network.id }, network.id, body));
  },
});

route({
  method: 'get', path: '/drafts', summary: 'All that I have begun and not sent', access: signedIn, response: DraftList,
  handle: async ({ actor }) => ({ items: (await listDrafts(actor)).map(presentListed) }),
});

route({
  method: 'delete', path: '/drafts/:id', summary: 'Throw away a draft of mine', access: signedIn, params: byId, response: Empty,
  async handle({ actor, params }) {
    await dropDraft(actor, params.id);
    return {};
  },
});

route({
  method: 'delete', path: '/drafts/:id/others/:other', summary: 'Throw away what another window of mine wrote', access: signedIn, params: byId.extend({ other: Id }), response: Empty,
  async handle({ actor, params }) {
    await dropOther(actor, params.id, params.other);
    return {};
  },
});

export const draftRoutes = routes;
