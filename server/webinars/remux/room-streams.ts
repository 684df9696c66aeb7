import type { RoomStream, RoomStreams } from '../../contract/room-streams.ts';
import { AppError, conflict, notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { FileReply } from '../../http/route.ts';
import { findRoom } from '../find-room.ts';
import { isFollowing, whileFollowing } from '../media/followers.ts';
import { openRoom } from '../media/rooms.ts';
import { contentOf, RemuxedStream } from './remuxed-stream.ts';
import type { Content } from './webm.ts';

/** A presenter's clock may be a little behind ours: her first frame is not before the beginning. */
const EARLIER_MS = 60_000;

const TYPES: Record<Content['codec'], string> = { A_OPUS: 'audio/webm; codecs="opus"', V_VP8: 'video/webm; codecs="vp8"', V_VP9: 'video/webm; codecs="vp09.00.10.08"' };

/** What others send in a room now: nobody wants to hear herself from her other device. @throws AppError as `findRoom` */
export async function listStreams(actor: Actor, number: number): Promise<RoomStreams> {
  const { webinar } = await findRoom(actor, number);
  const room = openRoom(webinar.id);
  const items = (room?.trackInfos() ?? []).flatMap(({ track, kind, personId, name }): RoomStream[] => {
    const own = room?.tracks.get(track);
    // Still pictures are of a screen that is there already
    if (!own || kind === 'still' || personId === actor.id) return [];
    const content = contentOf(own);
    return [{ track, personId, name, kind: kind === 'audio' ? 'voice' : kind, mediaType: content ? TYPES[content.codec] : null }];
  });
  return { items };
}

/**
 * One of them, from now until it ends: for who follows the room, so that whoever hears it is there.
 * @throws AppError as `findRoom`; 404 where there is no such stream (any more); 409 `stream-not-following`; 429 `too-many-streams`
 */
export async function openStream(actor: Actor, number: number, id: number): Promise<FileReply> {
  const { webinar } = await findRoom(actor, number);
  if (!isFollowing(webinar.id, actor.sessionId)) throw conflict('stream-not-following');
  const room = openRoom(webinar.id);
  const track = room?.tracks.get(id);
  const content = track && contentOf(track);
  if (!room || !content) throw notFound();
  const stream = new RemuxedStream(track, content, room.begunAt - EARLIER_MS);
  const rest = whileFollowing(webinar.id, actor.sessionId, () => stream.finish());
  if (!rest) throw new AppError(429, 'too-many-streams');
  const stop = room.listen(stream);
  stream.readable.once('close', () => {
    stop();
    rest();
  });
  // Proxies that gather an answer before they pass it on would never pass this one on
  return new FileReply(TYPES[content.codec], stream.readable, { inline: true, headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } });
}
