import { beginDocument, COLOURS } from '../gateways/pdf.ts';
import type { LedgerRow, TranscriptRows } from './read-transcript.ts';
import { duration, italianDay } from './draw-certificate.ts';

const MARGIN = 48;
const COLUMNS = [62, 230, 110, 97];

/** The «libretto formativo» as a tagged PDF in Italian: totals, ledger, certificates. */
export async function drawTranscript(name: string, rows: TranscriptRows, drawnOn: string): Promise<Buffer> {
  const period = rows.year === null ? 'Tutti gli anni' : `Anno ${rows.year}`;
  const page = await beginDocument({ title: `Libretto formativo di ${name}`, author: "Unione delle Province d'Italia", subject: period, margin: MARGIN });
  const width = page.pdf.page.width - 2 * MARGIN;
  page.text('P', "Unione delle Province d'Italia · Pi.Co.", { at: MARGIN, size: 10, bold: true, colour: COLOURS.blue });
  page.text('H1', 'Libretto formativo', { size: 24, bold: true });
  page.text('H2', name, { gap: 6, size: 16, bold: true });
  page.text('P', [rows.body, period, `stampato il ${italianDay(drawnOn)}`].filter(Boolean).join(' · '), { size: 10.5, colour: COLOURS.grey });

  page.text('H2', 'Ore riconosciute', { gap: 14, size: 14, bold: true });
  const totals = new Map<string, number>();
  for (const entry of rows.ledger) totals.set(entry.area_name, (totals.get(entry.area_name) ?? 0) + entry.minutes);
  page.facts([...totals].map(([area, minutes]) => [area, duration(minutes)]), { labelWidth: 330, width });
  page.text('P', `Totale: ${duration(rows.ledger.reduce((sum, entry) => sum + entry.minutes, 0))}`, { gap: 6, size: 12, bold: true });

  page.text('H2', 'Attestati', { gap: 14, size: 14, bold: true });
  if (rows.certificates.length === 0) page.text('P', 'Nessun attestato in questo periodo.', { size: 10.5 });
  else page.list(rows.certificates.map(({ snapshot, revocation }) => `${snapshot.course.title}, ${italianDay(snapshot.completedOn)}, numero ${snapshot.code}${revocation ? ' (revocato)' : ''}`));

  page.text('H2', 'Registro delle ore', { gap: 14, size: 14, bold: true });
  if (rows.ledger.length === 0) page.text('P', 'Nessuna ora registrata in questo periodo.', { size: 10.5 });
  else page.table(['Giorno', 'Attività', 'Ambito', 'Durata'], rows.ledger.map(ledgerCells), COLUMNS, { gap: 4 });
  return page.end();
}

function ledgerCells(entry: LedgerRow): string[] {
  const activity = [entry.source === 'correction' ? 'Correzione' : null, entry.lesson ?? entry.note, entry.course];
  return [entry.day.split('-').reverse().join('/'), activity.filter(Boolean).join(' · '), entry.area_name, duration(entry.minutes)];
}
