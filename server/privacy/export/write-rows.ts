import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { transaction, type Tx } from '../../database/transaction.ts';

/** So many rows are in memory at once. */
const AT_ONCE = 200;

type Bindings = Record<string, string>;

/** What a statement finds (one column, `row`), as a JSON array, piece by piece: however much it is, little of it is in memory. */
export function rowsAsJson(sql: string, bindings: Bindings): Readable {
  const out = new PassThrough();
  transaction((tx) => writeRows(tx, sql, bindings, out)).then(() => out.end(), (error: Error) => out.destroy(error));
  return out;
}

async function writeRows(tx: Tx, sql: string, bindings: Bindings, out: PassThrough): Promise<void> {
  let before = '[\n';
  for await (const rows of pieces(tx, sql, bindings)) {
    const text = rows.map(({ row }) => JSON.stringify(row, null, 1)).join(',\n');
    const room = out.write(before + text);
    before = ',\n';
    if (!room) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    // Whoever read it has given up: the transaction ends too
    if (out.destroyed) throw new Error('nobody reads these rows any more');
  }
  out.write(before === '[\n' ? '[]\n' : '\n]\n');
}

/** A statement's rows through a cursor of the transaction. */
async function* pieces(tx: Tx, sql: string, bindings: Bindings): AsyncGenerator<{ row: unknown }[]> {
  await tx.raw(`declare pieces no scroll cursor for ${sql}`, bindings);
  for (;;) {
    const { rows } = await tx.raw<{ rows: { row: unknown }[] }>(`fetch ${AT_ONCE} from pieces`);
    if (rows.length === 0) return;
    yield rows;
  }
}
