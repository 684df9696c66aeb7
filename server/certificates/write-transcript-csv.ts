import { stringify } from 'csv-stringify/sync';
import type { TranscriptRows } from './read-transcript.ts';

/** The ledger as CSV (UTF-8, semicolons: what Italian spreadsheets open by itself). Cells that a spreadsheet would run are made text. */
export function writeTranscriptCsv(rows: TranscriptRows): string {
  return stringify(
    rows.ledger.map((entry) => [entry.day, entry.area_name, entry.course, entry.lesson ?? entry.note, entry.modality, entry.source, entry.minutes]),
    { header: true, columns: ['giorno', 'ambito', 'corso', 'attivita', 'modalita', 'origine', 'minuti'], delimiter: ';', bom: true, escape_formulas: true },
  );
}
