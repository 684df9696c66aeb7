import type { TopicPolicy } from '../sockets/server.ts';
import { STATISTICS_TOPIC } from './announce-change.ts';

/** The programme's figures are public, and so is the hint that they changed. */
export const statisticsTopic: TopicPolicy = (topic) => (topic === STATISTICS_TOPIC ? true : undefined);
