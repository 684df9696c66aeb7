import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { announceChange } from './announce-change.ts';
import { type Cell, COUNTERS, type Counter, lockAllCells } from './cell.ts';
import { ANY, sourceLines, SUMS } from './count-cells.ts';

/** A counter of a cell that is not what the source rows say. */
export interface Difference extends Cell {
  counter: Counter;
  was: number;
  is: number;
}

type Row = Cell & Record<`was_${Counter}` | `is_${Counter}`, number>;

/** `full join` needs equality, and null equals nothing. */
const SAME_PLACE = "coalesce(cell.member_id, '00000000-0000-0000-0000-000000000000') = coalesce(counted.member_id, '00000000-0000-0000-0000-000000000000') and cell.area_code = counted.area_code and cell.month = counted.month";
const of = (table: string) => COUNTERS.map((counter) => `coalesce(${table}.${counter}, 0)`).join(', ');

const DIFFERENT = `
  counted as materialized (select member_id, area_code, month, ${SUMS} from (${sourceLines('everything')}) as source group by member_id, area_code, month),
  different as materialized (
    select coalesce(cell.member_id, counted.member_id) as member_id, coalesce(cell.area_code, counted.area_code) as area_code, coalesce(cell.month, counted.month) as month,
           ${COUNTERS.map((counter) => `coalesce(cell.${counter}, 0) as was_${counter}, coalesce(counted.${counter}, 0) as is_${counter}`).join(', ')}
      from statistics_cells cell full join (select * from counted where ${ANY}) counted on ${SAME_PLACE}
     where (${of('cell')}) is distinct from (${of('counted')}) or cell.area_code is null or counted.area_code is null
  )`;

const SHOWN = `select member_id as "memberId", area_code as area, month::text as month, ${COUNTERS.map((counter) => `was_${counter}, is_${counter}`).join(', ')} from different order by month, area_code, member_id`;

/** Compares every cell with the source rows and changes nothing. What a worker has not followed yet shows as a difference too. */
export async function checkStatistics(): Promise<Difference[]> {
  const { rows } = await database().raw<{ rows: Row[] }>(`with ${DIFFERENT} ${SHOWN}`);
  return rows.flatMap(toDifferences);
}

/** Counts every cell again from the source rows, in one statement. @returns what was wrong. */
export async function recountStatistics(): Promise<Difference[]> {
  const differences = await transaction(async (tx) => {
    await lockAllCells(tx);
    const columns = COUNTERS.join(', ');
    const { rows } = await tx.raw<{ rows: Row[] }>(
      `with ${DIFFERENT},
        gone as (
          delete from statistics_cells cell using different counted
           where ${SAME_PLACE} and not (${COUNTERS.map((counter) => `is_${counter} <> 0`).join(' or ')})
        ), written as (
          insert into statistics_cells (member_id, area_code, month, ${columns})
          select member_id, area_code, month, ${COUNTERS.map((counter) => `is_${counter}`).join(', ')} from different where ${COUNTERS.map((counter) => `is_${counter} <> 0`).join(' or ')}
          on conflict (member_id, area_code, month) do update set (${columns}, updated_at) = (${COUNTERS.map((counter) => `excluded.${counter}`).join(', ')}, now())
        )
        ${SHOWN}`,
    );
    return rows.flatMap(toDifferences);
  });
  announceChange(differences.map(({ area }) => area));
  return differences;
}

function toDifferences(row: Row): Difference[] {
  const { memberId, area, month } = row;
  const wrong = COUNTERS.filter((counter) => row[`was_${counter}`] !== row[`is_${counter}`]);
  return wrong.map((counter) => ({ memberId, area, month, counter, was: row[`was_${counter}`], is: row[`is_${counter}`] }));
}
