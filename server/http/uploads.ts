import { AsyncLocalStorage } from 'node:async_hooks';
import type { Server } from '@tus/server';
import type Koa from 'koa';
import { MAX_UPLOAD_BYTES, MAX_WAITING_BYTES, UPLOADS_PATH } from '../contract/uploads.ts';
import { AppError, notSignedIn } from '../errors.ts';
import { ownsUpload, uploadStore, waitingBytes } from '../gateways/uploads.ts';
import type { RequestState } from './context.ts';
import type { Limited, Limiter } from './limiter.ts';

/** So many files in an hour are more than a person sends, and a part of one is no new file. */
const LIMITED: Limited = { method: 'post', path: UPLOADS_PATH, limit: { points: 120, seconds: 3600 } };

/**
 * Files come by the tus protocol (tus.io, 1.0): in parts, and after a cut from where they stopped. An upload is its sender's alone until
 * a route takes it (`gateways/uploads.ts`); nobody can read it back.
 */
export function resumableUploads(limiter: Limiter): Koa.Middleware<RequestState> {
  const senders = new AsyncLocalStorage<string>();
  let server: Promise<Server> | undefined;
  // It weighs much, and few requests need it
  const start = async (): Promise<Server> => new (await import('@tus/server')).Server({
    path: UPLOADS_PATH,
    datastore: uploadStore,
    maxSize: MAX_UPLOAD_BYTES,
    relativeLocation: true,
    allowedOrigins: [],
    onUploadCreate: async (_, upload) => ({ metadata: { ...upload.metadata, person: senders.getStore() ?? null } }),
    async onIncomingRequest(request, id) {
      if (request.method === 'POST') return;
      // What is another's is not there
      if (!(await ownsUpload(senders.getStore() ?? '', id))) throw { status_code: 404, body: 'Not found' };
    },
  });
  return async (ctx, next) => {
    if (ctx.path !== UPLOADS_PATH && !ctx.path.startsWith(`${UPLOADS_PATH}/`)) return next();
    const { actor } = ctx.state;
    if (!actor) throw notSignedIn();
    if (ctx.method === 'GET') return next();
    if (ctx.method === 'POST') {
      await limiter(LIMITED, actor.id, actor);
      // One person does not fill the disk of all; what does not say its size may be as large as it likes
      if ((await waitingBytes(actor.id)) + Number(ctx.get('upload-length') || MAX_UPLOAD_BYTES) > MAX_WAITING_BYTES) throw new AppError(429, 'uploads-waiting');
    }
    ctx.respond = false;
    ctx.set('Cache-Control', 'no-store');
    server ??= start();
    const tus = await server;
    await senders.run(actor.id, () => tus.handle(ctx.req, ctx.res));
  };
}
