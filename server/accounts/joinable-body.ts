import { invalidField } from '../errors.ts';
import { Body } from '../territory/body.ts';
import { existsToday } from '../territory/find-body.ts';

/** A body that one can work for today. @throws AppError 422 for one that does not exist, no longer exists, or administers nothing. */
export async function requireJoinable(bodyId: string): Promise<Body> {
  const body = await Body.query().findById(bodyId);
  if (!body || !existsToday(body) || (body.kind === 'other' && body.istat_code !== null)) throw invalidField('body.bodyId', 'body-unknown', 'unknown');
  return body;
}
