import { stringify } from 'csv-stringify/sync';
import type { Count, MembersStatistics, SeriesStatistics } from '../contract/statistics.ts';
import type { Language } from '../http/actor.ts';

/** UTF-8 with its mark and semicolons, which a spreadsheet set to Italian opens by itself; figures as whole numbers, so that any program reads them. */
const FORMAT = { header: true, delimiter: ';', bom: true } as const;

const HEADINGS = {
  it: {
    istat_code: 'codice_istat', name: 'provincia', abbreviation: 'sigla', region: 'regione', phase: 'fase', area: 'ambito', all: 'tutti', target: 'obiettivo', month: 'mese', people: 'persone_formate', so_far: 'persone_formate_finora',
    enrolled: 'iscrizioni', active: 'non_concluse', completed: 'completamenti', minutes: 'minuti', passed: 'prove_superate', taken: 'prove_sostenute', territory: 'territorio', provinces: 'Province al', programme: 'intero programma',
  },
  en: {
    istat_code: 'istat_code', name: 'province', abbreviation: 'abbreviation', region: 'region', phase: 'phase', area: 'area', all: 'all', target: 'target', month: 'month', people: 'people_trained', so_far: 'people_trained_so_far',
    enrolled: 'enrolments', active: 'not_completed', completed: 'completions', minutes: 'minutes', passed: 'tests_passed', taken: 'tests_taken', territory: 'territory', provinces: 'Provinces as of', programme: 'whole programme',
  },
} satisfies Record<Language, Record<string, string>>;

/** The rows of the members as they were asked for. */
export function writeMembersCsv({ vintage, area, items }: MembersStatistics, language: Language): string {
  const words = HEADINGS[language];
  return stringify(
    items.map(({ istatCode, name, abbreviation, region, phase, target, figures }) => [
      istatCode, asText(name), asText(abbreviation), asText(region), phase, area ?? words.all, target, ...[figures.people, figures.enrolled, figures.active, figures.completed].map(countCell),
      figures.minutes ?? '', figures.tests?.passed ?? '', figures.tests?.taken ?? '', territoryOf(vintage, language),
    ]),
    { ...FORMAT, columns: [words.istat_code, words.name, words.abbreviation, words.region, words.phase, words.area, words.target, words.people, words.enrolled, words.active, words.completed, words.minutes, words.passed, words.taken, words.territory] },
  );
}

/** The months, oldest first. */
export function writeSeriesCsv({ vintage, area, member, months }: SeriesStatistics, language: Language): string {
  const words = HEADINGS[language];
  return stringify(
    months.map(({ month, enrolled, completed, people, peopleSoFar, minutes }) => [
      month.slice(0, 7), asText(member?.name ?? words.programme), area ?? words.all, ...[enrolled, completed, people, peopleSoFar].map(countCell), minutes ?? '', territoryOf(vintage, language),
    ]),
    { ...FORMAT, columns: [words.month, words.name, words.area, words.enrolled, words.completed, words.people, words.so_far, words.minutes, words.territory] },
  );
}

/** A text that a spreadsheet would run as a formula is made text; figures are not touched, so that a negative one stays a number. */
export function asText(text: string): string {
  return /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
}

/** `12`, a band as `5–9` (an en dash: with a hyphen a spreadsheet takes it for a day), or `<5`. */
function countCell(count: Count): string | number {
  if (count.value !== null) return count.value;
  return count.hidden ? `<${count.to + 1}` : `${count.from}–${count.to}`;
}

function territoryOf(vintage: string, language: Language): string {
  const [year, month, day] = vintage.split('-');
  return `${HEADINGS[language].provinces} ${day}/${month}/${year}`;
}
