import type { Tx } from '../database/transaction.ts';
import { attribute, type Membership, PROGRAMME, type Succession } from './attribution.ts';

/** Computes the programme's attributions again and writes those that differ. @returns how many rows changed. */
export async function attributeProgramme(tx: Tx): Promise<number> {
  const programme = (await tx('programmes').where({ code: PROGRAMME }).first('id', 'vintage')) as { id: string; vintage: string } | undefined;
  if (!programme) return 0;
  const memberIds = (await tx('programme_members').where({ programme_id: programme.id }).pluck('body_id')) as string[];
  const successions = (await tx('body_successions as s').join('bodies as b', 'b.id', 's.predecessor_id').orderBy('b.istat_code')
    .select('s.predecessor_id as predecessorId', 's.successor_id as successorId', 's.municipalities')) as Succession[];
  const memberships = (await tx('body_memberships').select('body_id as bodyId', 'parent_id as parentId', 'valid_from as validFrom', 'valid_to as validTo')) as Membership[];
  const wanted = [...attribute(memberIds, successions, memberships, programme.vintage)].map(([body_id, member_id]) => ({ body_id, member_id }));
  const { rows } = await tx.raw<{ rows: { changed: number }[] }>(
    `with wanted as (select * from jsonb_to_recordset(?::jsonb) as w (body_id uuid, member_id uuid)),
      gone as (
        delete from programme_attributions a where a.programme_id = ? and not exists (select from wanted w where w.body_id = a.body_id) returning 1
      ), written as (
        insert into programme_attributions as a (programme_id, body_id, member_id) select ?, body_id, member_id from wanted
        on conflict (programme_id, body_id) do update set member_id = excluded.member_id where a.member_id <> excluded.member_id returning 1
      )
      select ((select count(*) from gone) + (select count(*) from written))::int as changed`,
    [JSON.stringify(wanted), programme.id, programme.id],
  );
  return rows[0]?.changed ?? 0;
}
