import { prepared } from '../database/prepared.ts';
import type { TopicPolicy } from '../sockets/server.ts';
import { STANDING, type WebinarStanding } from './find-webinar.ts';
import { mayFollow } from './policy.ts';
import { KNOWN, PLACES, webinarReachOf, webinarReachValues } from './reach.ts';

const FIND = `select ${STANDING} from webinars w ${PLACES} where w.id = $7 and ${KNOWN}`;

/** `register:<id>`: who runs a webinar hears that its register says something else. undefined for everybody else: one learns nothing. */
export const webinarsTopic: TopicPolicy = async (topic, actor) => {
  const [, id] = /^register:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(topic) ?? [];
  if (!id || !actor) return undefined;
  const [standing] = await prepared<WebinarStanding>('webinar-heard', FIND, [...webinarReachValues(webinarReachOf(actor)), id]);
  return (standing && mayFollow(standing)) || undefined;
};
