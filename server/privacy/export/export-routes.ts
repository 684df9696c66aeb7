import { z } from 'zod';
import { Id } from '../../contract/common.ts';
import { DataExportState } from '../../contract/privacy.ts';
import { database } from '../../database/connection.ts';
import { signedIn } from '../../http/access.ts';
import { routesOf } from '../../http/route.ts';
import type { ExportRow } from './export.ts';
import { presentExports } from './present.ts';
import { requestExport } from './request-export.ts';
import { sendExport } from './send-export.ts';

const { route, routes } = routesOf('privacy');

const stateOf = async (personId: string) => presentExports((await database()('data_exports').where('person_id', personId).orderBy('id', 'desc').first()) as ExportRow | undefined);

route({
  method: 'get', path: '/me/data-exports', summary: 'What became of the newest copy of my data', access: signedIn, response: DataExportState,
  handle: ({ actor }) => stateOf(actor.id),
});

route({
  method: 'post', path: '/me/data-exports', summary: 'Ask for a copy of all that is kept about me', access: signedIn, response: DataExportState, status: 202, limit: { points: 20, seconds: 3600 },
  async handle({ actor }) {
    await requestExport(actor.id);
    return stateOf(actor.id);
  },
});

route({
  method: 'get', path: '/data-exports/:id/content', summary: 'Download the copy of my data', access: signedIn, params: z.object({ id: Id }), response: 'application/zip', limit: { points: 30, seconds: 3600 },
  handle: ({ actor, params }) => sendExport(actor.id, params.id),
});

export const exportRoutes = routes;
