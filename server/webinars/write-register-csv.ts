import { stringify } from 'csv-stringify/sync';
import type { RoomRole } from '../contract/webinars.ts';
import type { Language } from '../http/actor.ts';
import type { ReadRegister } from './read-register.ts';
import { romeFields } from './rome-time.ts';

export const ROLES: Record<Language, Record<RoomRole, string>> = {
  it: { 'organiser': 'organizzazione', 'presenter': 'docente', 'co-presenter': 'codocente', 'moderator': 'moderazione', 'attendee': 'partecipante', 'inspector': 'ispezione' },
  en: { 'organiser': 'organiser', 'presenter': 'presenter', 'co-presenter': 'co-presenter', 'moderator': 'moderator', 'attendee': 'attendee', 'inspector': 'inspector' },
};

const COLUMNS: Record<Language, string[]> = {
  it: ['persona', 'ente', 'ruolo', 'prima entrata', 'ultima uscita', 'secondi di presenza', 'correzione in minuti', 'minuti riconosciuti', 'minuti previsti', 'soglia raggiunta'],
  en: ['person', 'body', 'role', 'first entry', 'last exit', 'seconds present', 'correction in minutes', 'credited minutes', 'planned minutes', 'threshold reached'],
};
/** In the place of an exit: came in by the code of a physical room and did not go out by it. */
export const NO_EXIT: Record<Language, string> = { it: 'non registrata', en: 'not noted' };
const YES: Record<Language, [string, string]> = { it: ['sì', 'no'], en: ['yes', 'no'] };

/** The register as CSV (UTF-8, semicolons: what Italian spreadsheets open by itself). Cells that a spreadsheet would run are made text. */
export function writeRegisterCsv({ people, plannedMs }: ReadRegister, language: Language): string {
  const [yes, no] = YES[language];
  const planned = Math.floor(plannedMs / 60_000);
  return stringify(
    people.map(({ name, body, role, firstIn, lastOut, noExit, attendedMs, correctionMinutes, minutes, reached }) => [name, body, ROLES[language][role], moment(firstIn), noExit ? NO_EXIT[language] : moment(lastOut), Math.floor(attendedMs / 1000), correctionMinutes, minutes, planned, reached ? yes : no]),
    { header: true, columns: COLUMNS[language], delimiter: ';', bom: true, escape_formulas: true },
  );
}

function moment(at: Date | null): string {
  if (!at) return '';
  const { day, time } = romeFields(at);
  return `${day} ${time}:${String(at.getUTCSeconds()).padStart(2, '0')}`;
}
