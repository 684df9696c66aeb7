import type { Unsubscription } from '../../contract/notifications.ts';
import { belongs } from '../../community/reach.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import { writeLevel } from '../levels/levels.ts';
import { stopMails } from '../settings/settings.ts';
import { readUnsubscribeToken, type Scope } from './unsubscribe-token.ts';

async function read(token: string): Promise<{ personId: string; scope: Scope }> {
  const found = await readUnsubscribeToken(token);
  if (!found) throw notFound();
  return found;
}

/** What a link would do, and whether that is done. @throws AppError 404 for a link that is not ours */
export async function readUnsubscription(token: string): Promise<Unsubscription> {
  const { personId, scope } = await read(token);
  return transaction(async (tx) => ({ scope: scope.kind, name: await nameOf(tx, personId, scope), done: await isDone(tx, personId, scope) }));
}

/** Does it, without anybody signed in; again it changes nothing. @throws AppError 404 */
export async function unsubscribe(token: string): Promise<void> {
  const { personId, scope } = await read(token);
  await transaction(async (tx) => {
    if (!(await tx('people').where('id', personId).first('id'))) throw notFound();
    if (scope.kind === 'all') return stopMails(tx, personId);
    if (!(await tx(`${scope.kind}s`).where('id', scope.id).first('id'))) throw notFound();
    if (scope.kind === 'thread') return writeLevel(tx, personId, { thread_id: scope.id }, 'muted', clock.now());
    // What she follows in it would go on speaking
    await tx.raw("delete from notification_levels l where l.person_id = ? and l.level <> 'muted' and (l.network_id = ? or l.thread_id in (select id from threads where network_id = ?))", [personId, scope.id, scope.id]);
    await writeLevel(tx, personId, { network_id: scope.id, tag: null }, 'muted', clock.now());
  });
}

/** Its name, for who may still know it. */
async function nameOf(tx: Tx, personId: string, scope: Scope): Promise<string> {
  if (scope.kind === 'all') return '';
  const statement = scope.kind === 'thread'
    ? `select t.title as name from threads t join networks n on n.id = t.network_id where t.id = :id and t.deleted_at is null and (n.reading = 'public' or ${belongs(':person', 'n.id')})`
    : `select n.name from networks n where n.id = :id and (n.reading = 'public' or n.joining <> 'closed' or ${belongs(':person', 'n.id')})`;
  const { rows } = await tx.raw<{ rows: { name: string }[] }>(statement, { id: scope.id, person: personId });
  return rows[0]?.name ?? '';
}

async function isDone(tx: Tx, personId: string, scope: Scope): Promise<boolean> {
  if (scope.kind === 'all') return (await tx('notification_settings').where({ person_id: personId, mails: false }).first('person_id')) !== undefined;
  const place = scope.kind === 'thread' ? { thread_id: scope.id } : { network_id: scope.id, tag: null };
  return (await tx('notification_levels').where({ person_id: personId, level: 'muted', ...place }).first('level')) !== undefined;
}
