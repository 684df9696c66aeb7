import { duration, italianDay } from '../certificates/draw-certificate.ts';
import { beginDocument, COLOURS } from '../gateways/pdf.ts';
import { romeDay } from '../gateways/clock.ts';
import type { ReadRegister, RegisterPerson } from './read-register.ts';
import { romeFields } from './rome-time.ts';
import { NO_EXIT, ROLES } from './write-register-csv.ts';

const MARGIN = 40;
const COLUMNS = [125, 125, 72, 48, 48, 48, 49];

const hour = (at: Date | null): string => (at ? `${romeFields(at).time}:${String(at.getUTCSeconds()).padStart(2, '0')}` : '');

/** The register of attendance as a tagged PDF in Italian: who came, when, for how long, what was corrected and why, and the seal of the log. */
export async function drawRegister(register: ReadRegister): Promise<Buffer> {
  const { webinar, people, corrections, inspections, log, plannedMs, breaks } = register;
  const day = italianDay(romeDay(webinar.starts_at));
  const page = await beginDocument({ title: `Registro delle presenze: ${webinar.title}`, author: "Unione delle Province d'Italia", subject: day, margin: MARGIN });
  const width = page.pdf.page.width - 2 * MARGIN;
  const planned = Math.floor(plannedMs / 60_000);
  page.text('P', "Unione delle Province d'Italia · Pi.Co.", { at: MARGIN, size: 10, bold: true, colour: COLOURS.blue });
  page.text('H1', 'Registro delle presenze', { size: 22, bold: true });
  page.text('H2', webinar.title, { gap: 6, size: 14, bold: true });
  page.facts([
    ['Giorno', day], ['Orario', `dalle ${romeFields(webinar.starts_at).time} alle ${romeFields(webinar.ends_at).time}`], ['Durata prevista', duration(planned)],
    ['Pause', breaks.map(({ starts_at, ends_at }) => `${hour(starts_at)}–${hour(ends_at)}`).join(', ') || 'nessuna'], ['Soglia', `${webinar.threshold_percent} % dei minuti previsti`],
    ['Stato', webinar.register_locked_at && register.lockedBy ? `chiuso da ${register.lockedBy} il ${italianDay(romeDay(webinar.register_locked_at))}` : 'non ancora chiuso: i minuti possono cambiare'],
  ], { gap: 8, labelWidth: 120, width });

  page.text('H2', 'Presenze', { gap: 14, size: 14, bold: true });
  if (people.length === 0) page.text('P', 'Nessuna presenza.', { size: 10.5 });
  else page.table(['Persona', 'Ente', 'Ruolo', 'Entrata', 'Uscita', 'Minuti', 'Soglia'], people.map(cells), COLUMNS, { gap: 4 });

  page.text('H2', 'Correzioni', { gap: 14, size: 14, bold: true });
  if (corrections.length === 0) page.text('P', 'Nessuna correzione.', { size: 10.5 });
  else page.list(corrections.map(({ person, minutes, reason, by, at }) => `${person}: ${minutes > 0 ? '+' : '−'}${Math.abs(minutes)} minuti, ${reason} (${by}, ${italianDay(romeDay(at))})`));
  if (inspections.length > 0) {
    page.text('H2', 'Ispezioni', { gap: 14, size: 14, bold: true });
    page.list(inspections.map(({ person, from, to }) => `${person}: dalle ${hour(from)}${to ? ` alle ${hour(to)}` : ''}`));
  }
  page.text('P', `Il registro nasce da ${log.entries} righe, ciascuna sigillata con la precedente. ${log.whole ? 'La catena è integra' : 'La catena non è integra'}${log.seal ? `; ultimo sigillo ${log.seal}` : ''}.`, { gap: 16, size: 9, colour: COLOURS.grey });
  return page.end();
}

const cells = ({ name, body, role, firstIn, lastOut, noExit, minutes, reached }: RegisterPerson): string[] => [name, body ?? '', ROLES.it[role], hour(firstIn), noExit ? NO_EXIT.it : hour(lastOut), String(minutes), reached ? 'raggiunta' : 'no'];
