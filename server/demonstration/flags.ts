import type { FlagReason } from '../contract/moderation.ts';
import type { Tx } from '../database/transaction.ts';
import type { DemoPerson } from './people.ts';

const HOUR = 3_600_000;

/** What somebody objects to, by the network's key: the answer is the newest one there that solved nothing. */
const FLAGS: { network: string; by: { email: string; reason: FlagReason; note: string | null; hoursAgo: number }[] }[] = [
  {
    network: 'sua',
    by: [
      { email: 'chiara.serra@', reason: 'misleading', note: 'La norma citata mi risulta modificata: si può verificare?', hoursAgo: 30 },
      { email: 'marta.zanella@', reason: 'misleading', note: null, hoursAgo: 7 },
    ],
  },
  { network: 'sit', by: [{ email: 'chiara.serra@', reason: 'off-topic', note: 'È una domanda per la rete del personale.', hoursAgo: 20 }] },
  { network: 'personale', by: [{ email: 'marta.zanella@', reason: 'personal-data', note: 'Si riconosce la persona di cui si parla.', hoursAgo: 3 }] },
];

/** A queue for who moderates: a few flags that nobody has decided on yet. */
export async function seedFlags(tx: Tx, people: DemoPerson[], now: Date): Promise<void> {
  for (const { network, by } of FLAGS) {
    const flaggers = by.flatMap((flag) => people.filter(({ email }) => email.startsWith(flag.email)).slice(0, 1).map(({ id }) => ({ ...flag, id })));
    const { rows } = await tx.raw<{ rows: { id: string; network_id: string }[] }>(
      `select p.id, t.network_id from posts p join threads t on t.id = p.thread_id join networks n on n.id = t.network_id join people a on a.id = p.author_id
        where n.key = :network and p.sequence > 1 and p.author_id <> t.author_id and t.accepted_post_id is distinct from p.id and p.author_id <> all(:flaggers) and a.email not like 'elena.conti@%'
        order by p.created_at desc, p.id limit 1`, { network, flaggers: flaggers.map(({ id }) => id) });
    const [post] = rows;
    if (!post || flaggers.length === 0) continue;
    const first = Math.max(...flaggers.map(({ hoursAgo }) => hoursAgo));
    const [opened] = (await tx('moderation_cases').insert({ kind: 'flagged', network_id: post.network_id, post_id: post.id, opened_at: new Date(now.getTime() - first * HOUR) }).returning('id')) as { id: string }[];
    await tx('post_flags').insert(flaggers.map(({ id, reason, note, hoursAgo }) => ({ case_id: opened?.id, post_id: post.id, person_id: id, reason, note, at: new Date(now.getTime() - hoursAgo * HOUR) })));
  }
}
