import Koa from 'koa';
import { accountsRoutes } from './accounts/routes.ts';
import { loadActor } from './accounts/session.ts';
import { certificatesRoutes } from './certificates/routes.ts';
import { documentsRoutes } from './community/documents/routes.ts';
import { communityTopic } from './community/live.ts';
import { communityRoutes } from './community/routes.ts';
import { config } from './config.ts';
import { coursesRoutes } from './courses/routes.ts';
import { createApi } from './http/api.ts';
import { log } from './http/log.ts';
import { identify, type RequestState } from './http/context.ts';
import { failures } from './http/failures.ts';
import type { Limiter } from './http/limiter.ts';
import { openApiDocument } from './http/openapi.ts';
import { createPages } from './http/pages.ts';
import { sameOrigin, securityHeaders } from './http/protection.ts';
import type { Route } from './http/route.ts';
import { resumableUploads } from './http/uploads.ts';
import { operatorRoutes } from './http/operators.ts';
import { learningRoutes } from './learning/routes.ts';
import { notificationsRoutes } from './notifications/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { privacyRoutes } from './privacy/routes.ts';
import type { AppBinding, TopicPolicy } from './sockets/server.ts';
import { territoryRoutes } from './territory/routes.ts';
import { statisticsTopic } from './statistics/live.ts';
import { statisticsRoutes } from './statistics/routes.ts';
import { bindMedia } from './webinars/media/bind-media.ts';
import { roomTopic } from './webinars/talk/room-topic.ts';
import { recordingsWritten } from './webinars/recording/record-rooms.ts';
import { recordingRoutes } from './webinars/recording/recording-routes.ts';
import { channelRoutes } from './channels/channel-routes.ts';
import { channelsTopic } from './channels/channel-topic.ts';
import { captionRoutes } from './webinars/captions/caption-routes.ts';
import { presenceRoutes } from './webinars/in-place/presence-routes.ts';
import { slideRoutes } from './webinars/slides/slide-routes.ts';
import { streamRoutes } from './webinars/remux/stream-routes.ts';
import { talkRoutes } from './webinars/talk/talk-routes.ts';
import { attendanceWritten } from './webinars/media/attend.ts';
import { bindFollowing } from './webinars/media/bind-following.ts';
import { webinarsTopic } from './webinars/live.ts';
import { webinarsRoutes } from './webinars/routes.ts';

/** Every route of the application, feature by feature. */
export const ROUTES: Route[] = [...territoryRoutes, ...accountsRoutes, ...coursesRoutes, ...learningRoutes, ...certificatesRoutes, ...communityRoutes, ...documentsRoutes, ...webinarsRoutes, ...talkRoutes, ...captionRoutes, ...recordingRoutes, ...slideRoutes, ...streamRoutes, ...presenceRoutes, ...channelRoutes, ...searchRoutes, ...notificationsRoutes, ...statisticsRoutes, ...privacyRoutes];

/** What features do with each connection of who is signed in. */
export const BINDINGS: AppBinding[] = [bindFollowing];

/** Who may hear what over the sockets. */
export const TOPICS: TopicPolicy[] = [statisticsTopic, communityTopic, webinarsTopic, roomTopic, channelsTopic];

/** What the media connections are for, and when nothing of it is left to be written. */
export const MEDIA = { bind: bindMedia, written: () => Promise.all([attendanceWritten(), recordingsWritten()]) };

/**
 * The composition root: the features' routes and, last, the client's pages.
 * @param options.pages false leaves the pages out (tests of the API alone).
 * @param options.proxies how many stand before us.
 */
export async function createApp(options: { limiter: Limiter; pages: boolean; proxies: number; ready: () => Promise<boolean> }): Promise<Koa<RequestState>> {
  const secure = config.publicUrl.startsWith('https:');
  const app = new Koa<RequestState>({ proxy: options.proxies > 0, maxIpsCount: options.proxies });
  const document = JSON.stringify(openApiDocument(ROUTES, config.publicUrl));
  const api = createApi({ routes: ROUTES, limiter: options.limiter, secure, document });
  // Whoever jumps in a film no longer wants the part that was on its way
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET' && error.code !== 'EPIPE') log.error({ err: error }, 'while answering');
  });
  app.use(async (ctx, next) => {
    ctx.state.language = 'it';
    await next();
  });
  app.use(failures);
  app.use(securityHeaders(secure));
  app.use(operatorRoutes({ document, ready: options.ready }));
  app.use(identify(loadActor));
  app.use(sameOrigin(config.publicUrl));
  app.use(resumableUploads(options.limiter));
  app.use(api.middleware);
  if (options.pages) app.use(await createPages(api.fetchInProcess));
  return app;
}
