import type { Tx } from '../../database/transaction.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { belongs } from '../reach.ts';

interface Carried {
  thread: { id: string; number: number };
  to: { id: string; reading: string };
}

/**
 * What belongs to a thread's posts goes with them into another network, in the same transaction: files and pictures, what waits for moderators, what people
 * were told. From then on it is read by those who read there, and by nobody else.
 */
export async function carryAlong(tx: Tx, { thread, to }: Carried): Promise<void> {
  const here = { thread: thread.id, to: to.id };
  await tx.raw('update documents set network_id = :to where id in (select x.document_id from post_documents x join posts p on p.id = x.post_id where p.thread_id = :thread)', here);
  await tx.raw('update images set network_id = :to where id in (select x.image_id from post_images x join posts p on p.id = x.post_id where p.thread_id = :thread)', here);
  await tx.raw('update moderation_cases set network_id = :to where post_id in (select id from posts where thread_id = :thread) or id in (select case_id from held_posts where thread_id = :thread)', here);
  await tx.raw('update held_posts set network_id = :to where thread_id = :thread', here);
  // Who decides about hidden words is who may read them
  await tx.raw("update moderation_measures set network_id = :to where kind = 'hidden' and post_id in (select id from posts where thread_id = :thread)", here);
  await tx.raw("update moderation_cases set network_id = :to where id in (select a.case_id from moderation_appeals a join moderation_measures m on m.id = a.measure_id where m.kind = 'hidden' and m.post_id in (select id from posts where thread_id = :thread))", here);
  await carryNotices(tx, { thread, to });
}

/** So long a mail may wait: quiet hours end, and a weekend. */
const MAIL_WAITS = "interval '7 days'";

/** What people were told of it, and what is on its way to them. */
async function carryNotices(tx: Tx, { thread, to }: Carried): Promise<void> {
  await tx.raw(
    `update mails set network_ids = network_ids || :to::uuid
      where sent_at is null and dropped_at is null and created_at > now() - ${MAIL_WAITS} and cardinality(network_ids) > 0 and not :to::uuid = any(network_ids)
        and (notice_id in (select id from notices where thread_id = :thread) or body_text ~ :address)`,
    { to: to.id, thread: thread.id, address: `/discussioni/${thread.number}\\M` },
  );
  await tx('notices').where('thread_id', thread.id).update({ network_id: to.id });
  if (to.reading === 'public') return;
  const { rows } = await tx.raw<{ rows: { person_id: string; unread: number }[] }>(
    `with gone as (delete from notices told where told.thread_id = :thread and not ${belongs('told.person_id', ':to::uuid')} returning id, person_id)
     select g.person_id, (select count(*)::int from notices y where y.person_id = g.person_id and y.read_at is null and y.id not in (select id from gone)) as unread from (select distinct person_id from gone) g`,
    { thread: thread.id, to: to.id },
  );
  for (const { person_id, unread } of rows) publish(tx, roomOf.person(person_id), 'notices:changed', { unread });
}
