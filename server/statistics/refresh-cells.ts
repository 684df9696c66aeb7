import { type Tx, transaction } from '../database/transaction.ts';
import { announceChange } from './announce-change.ts';
import { type Cell, COUNTERS, lockCells } from './cell.ts';
import { ANY, sourceLines, SUMS } from './count-cells.ts';

/**
 * Counts these cells again from the source rows. Idempotent: however often, in whatever order and by however many workers it is called,
 * a cell ends as the sources are. Call it after the commit of what changed them, and outside any transaction.
 */
export async function refreshCells(cells: Cell[]): Promise<void> {
  if (cells.length === 0) return;
  const changed = await transaction(async (tx) => {
    await lockCells(tx, cells);
    const different: Cell[] = [];
    for (const cell of cells) if (await refreshCell(tx, cell)) different.push(cell);
    return different;
  });
  announceChange(changed.map(({ area }) => area));
}

/** @returns whether the cell was different. */
async function refreshCell(tx: Tx, { memberId, area, month }: Cell): Promise<boolean> {
  const columns = COUNTERS.join(', ');
  const excluded = COUNTERS.map((counter) => `excluded.${counter}`).join(', ');
  const { rows } = await tx.raw<{ rows: { changed: boolean }[] }>(
    `with counted as (select ${SUMS} from (${sourceLines(memberId === null ? 'one cell outside' : 'one cell')}) as source),
      gone as (
        delete from statistics_cells
         where member_id ${memberId === null ? 'is null' : '= :memberId'} and area_code = :area and month = :month::date and not exists (select from counted where ${ANY})
        returning 1
      ), written as (
        insert into statistics_cells as cell (member_id, area_code, month, ${columns})
        select :memberId::uuid, :area, :month::date, ${columns} from counted where ${ANY}
        on conflict (member_id, area_code, month) do update set (${columns}, updated_at) = (${excluded}, now())
         where (${COUNTERS.map((counter) => `cell.${counter}`).join(', ')}) is distinct from (${excluded})
        returning 1
      )
      select exists (select from gone) or exists (select from written) as changed`,
    { memberId, area, month },
  );
  return rows[0]?.changed ?? false;
}
