import { stringify } from 'csv-stringify/sync';
import type { Language } from '../http/actor.ts';
import type { LedgerRow, TranscriptRows } from './read-transcript.ts';

interface Words {
  columns: string[];
  modality: Record<LedgerRow['modality'], string>;
  source: Record<LedgerRow['source'], string>;
}

const WORDS: Record<Language, Words> = {
  it: {
    columns: ['giorno', 'ambito', 'corso', 'attivita', 'modalita', 'origine', 'minuti'],
    modality: { online: 'online', aula: 'aula', live: 'diretta' },
    source: { lesson: 'lezione', attendance: 'presenza', correction: 'correzione' },
  },
  en: {
    columns: ['day', 'area', 'course', 'activity', 'mode', 'source', 'minutes'],
    modality: { online: 'online', aula: 'class', live: 'live' },
    source: { lesson: 'lesson', attendance: 'attendance', correction: 'correction' },
  },
};

/** The ledger as CSV (UTF-8, semicolons: what Italian spreadsheets open by itself). Cells that a spreadsheet would run are made text. */
export function writeTranscriptCsv(rows: TranscriptRows, language: Language): string {
  const { columns, modality, source } = WORDS[language];
  return stringify(
    rows.ledger.map((entry) => [entry.day, entry.area_name, entry.course, entry.lesson ?? entry.note, modality[entry.modality], source[entry.source], entry.minutes]),
    { header: true, columns, delimiter: ';', bom: true, escape_formulas: true },
  );
}
