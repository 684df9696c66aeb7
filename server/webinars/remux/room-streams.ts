import type { RoomStream, RoomStreams } from '../../contract/room-streams.ts';
import { AppError, conflict, notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { FileReply } from '../../http/route.ts';
import { findRoom } from '../find-room.ts';
import { isFollowing, whileFollowing } from '../media/followers.ts';
import { lineNow } from '../media/line-clock.ts';
import { openRoom } from '../media/rooms.ts';
import type { Track } from '../media/track.ts';
import { RemuxedStream, webmCodec } from './remuxed-stream.ts';

const isPicture = (track: Track): boolean => (track.kind === 'camera' || track.kind === 'screen') && webmCodec(track) !== undefined;
const typeOf = (picture: Track | undefined, sound: Track | undefined): string =>
  `${picture ? 'video' : 'audio'}/webm; codecs="${[...(picture ? [webmCodec(picture) === 'V_VP8' ? 'vp8' : 'vp9'] : []), ...(sound ? ['opus'] : [])].join(', ')}"`;

/** What is sent in a room now, a stream for each picture and each voice without one. @throws AppError as `findRoom` */
export async function listStreams(actor: Actor, number: number): Promise<RoomStreams> {
  const { webinar } = await findRoom(actor, number);
  const room = openRoom(webinar.id);
  const tracks = [...(room?.tracks.values() ?? [])];
  const names = new Map(room?.trackInfos().map(({ track, name }) => [track, name]));
  const items = tracks.flatMap((track): RoomStream[] => {
    const sound = tracks.find(({ kind, personId }) => kind === 'audio' && personId === track.personId);
    const common = { personId: track.personId, name: names.get(track.id) ?? '' };
    if (isPicture(track)) {
      // A screen stands for itself: a voice goes with a face
      const own = track.kind === 'camera' ? sound : undefined;
      return [{ ...common, kind: track.kind === 'camera' ? 'camera' : 'screen', tracks: own ? `${track.id}-${own.id}` : String(track.id), voice: own ? String(own.id) : null, mediaType: typeOf(track, own) }];
    }
    const hasFace = tracks.some((other) => other.kind === 'camera' && other.personId === track.personId && isPicture(other));
    return track.kind === 'audio' && !hasFace ? [{ ...common, kind: 'voice', tracks: String(track.id), voice: String(track.id), mediaType: typeOf(undefined, track) }] : [];
  });
  return { items };
}

/**
 * One of them, from now until it ends: for who follows the room, so that whoever hears it is there.
 * @throws AppError as `findRoom`; 404 where there is no such stream (any more); 409 `stream-not-following`; 429 where she has too many of them
 */
export async function openStream(actor: Actor, number: number, ids: string): Promise<FileReply> {
  const { webinar } = await findRoom(actor, number);
  if (!isFollowing(webinar.id, actor.id)) throw conflict('stream-not-following');
  const room = openRoom(webinar.id);
  const tracks = ids.split('-').map((id) => room?.tracks.get(Number(id)));
  const [picture, sound] = [tracks.find((track) => track && isPicture(track)), tracks.find((track) => track?.kind === 'audio')];
  const found = [picture, sound].filter((track) => track !== undefined);
  if (!room || found.length !== tracks.length || new Set(found.map(({ personId }) => personId)).size !== 1) throw notFound();
  const stream = new RemuxedStream(picture, sound);
  const rest = whileFollowing(webinar.id, actor.id, () => stream.finish());
  if (!rest) throw new AppError(429, 'too-many-streams');
  const stop = room.listen(stream, lineNow());
  stream.body.once('close', () => {
    stop();
    rest();
  });
  // Proxies that gather an answer before they pass it on would never pass this one on
  return new FileReply(typeOf(picture, sound), stream.body, { inline: true, headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } });
}
