import { AppError } from '../../errors.ts';
import type { TopicPolicy } from '../../sockets/server.ts';
import { findTalk } from './find-talk.ts';
import { keepsOrder } from './policy.ts';

/** `room:12` for who has a place in it, `room-staff:12` for who keeps order there; undefined for everybody else. */
export const roomTopic: TopicPolicy = async (topic, actor) => {
  const [, kind, number] = /^(room|room-staff):([1-9]\d{0,8})$/.exec(topic) ?? [];
  if (!number || !actor) return undefined;
  try {
    const { role } = await findTalk(actor, Number(number));
    return kind === 'room' || keepsOrder(role) || undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
};
