import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import { romeDay } from '../gateways/clock.ts';
import { attributionOf } from './attribution.ts';
import { Body } from './body.ts';

export interface BodyStory {
  body: Body;
  province: Body | undefined;
  member: Body | undefined;
  predecessors: Body[];
  successors: Body[];
}

/** A body with what it was and what became of it. @throws AppError 404 */
export async function findBody(id: string): Promise<BodyStory> {
  const body = await Body.query().findById(id);
  if (!body) throw notFound();
  const today = romeDay();
  const province = await Body.query().join('body_memberships as m', 'm.parent_id', 'bodies.id').where('m.body_id', id)
    .where('m.valid_from', '<=', today).whereRaw('(m.valid_to is null or m.valid_to >= ?)', [today]).select('bodies.*').first();
  const memberId = await attributionOf(database(), id);
  const kin = (mine: 'predecessor_id' | 'successor_id', theirs: 'predecessor_id' | 'successor_id') =>
    Body.query().join('body_successions as s', `s.${theirs}`, 'bodies.id').where(`s.${mine}`, id).orderBy('s.municipalities', 'desc').select('bodies.*');
  return {
    body, province,
    member: memberId ? await Body.query().findById(memberId) : undefined,
    predecessors: await kin('successor_id', 'predecessor_id'),
    successors: await kin('predecessor_id', 'successor_id'),
  };
}

/** Whether one can work for it today. */
export function existsToday(body: Pick<Body, 'valid_from' | 'valid_to'>): boolean {
  const today = romeDay();
  return (body.valid_from === null || body.valid_from <= today) && (body.valid_to === null || body.valid_to >= today);
}
