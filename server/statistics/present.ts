import type { AreaCode } from '../contract/common.ts';
import { AreaCode as Areas } from '../contract/common.ts';
import type { MemberStatistics, ProgrammeStatistics, SeriesStatistics } from '../contract/statistics.ts';
import type { Language } from '../http/actor.ts';
import { type Counters, NO_COUNTERS } from './cell.ts';
import { addFigures, disclose, discloseCount, discloseMinutes, type Disclosure } from './disclosure.ts';
import { type MemberFigures, type Programme, sumCounters } from './read-members.ts';
import type { SeriesMonth } from './read-series.ts';

/** The programme's totals by area, and apart from them what counts for no member. */
export function presentProgramme(programme: Programme, members: MemberFigures[], outside: Map<string, Counters>, about: { updatedAt: Date | null; boundaries: boolean; exact: boolean; language: Language }): ProgrammeStatistics {
  const how: Disclosure = about.exact ? 'exact' : 'total';
  const areas = programme.areas.map(({ code, name_it, name_en, peoplePerMember }) => ({
    area: Areas.parse(code),
    name: about.language === 'it' ? name_it : name_en,
    target: peoplePerMember * programme.members,
    figures: disclose(sumCounters(members.flatMap(({ byArea }) => byArea.get(code) ?? [])), how),
    outside: disclose(outside.get(code) ?? NO_COUNTERS, how),
  }));
  return {
    vintage: programme.vintage,
    members: programme.members,
    updatedAt: about.updatedAt?.toISOString() ?? null,
    boundaries: about.boundaries,
    areas,
    total: { target: areas.reduce((sum, { target }) => sum + target, 0), figures: addFigures(areas.map(({ figures }) => figures)) },
  };
}

/** One member's row: exact figures, or bands of five. */
export function presentMember(programme: Programme, member: MemberFigures, area: AreaCode | undefined, seen: 'all' | ReadonlySet<string>): MemberStatistics {
  const own = seen !== 'all' && seen.has(member.id);
  const exact = seen === 'all' || own;
  const how: Disclosure = exact ? 'exact' : 'banded';
  const { byArea, ...facts } = member;
  const asked = programme.areas.filter(({ code }) => area === undefined || code === area);
  return {
    ...facts, own, exact,
    target: asked.reduce((sum, { peoplePerMember }) => sum + peoplePerMember, 0),
    figures: disclose(sumCounters(asked.flatMap(({ code }) => byArea.get(code) ?? [])), how),
    areas: programme.areas.map(({ code, peoplePerMember }) => ({ area: Areas.parse(code), target: peoplePerMember, people: discloseCount((byArea.get(code) ?? NO_COUNTERS).people, how) })),
  };
}

export function presentSeries(programme: Programme, months: SeriesMonth[], of: { area?: AreaCode | undefined; member?: MemberFigures | undefined; exact: boolean }): SeriesStatistics {
  const how: Disclosure = of.exact ? 'exact' : 'banded';
  const perMember = programme.areas.filter(({ code }) => of.area === undefined || code === of.area).reduce((sum, { peoplePerMember }) => sum + peoplePerMember, 0);
  return {
    vintage: programme.vintage,
    area: of.area ?? null,
    member: of.member ? { id: of.member.id, name: of.member.name } : null,
    target: perMember * (of.member ? 1 : programme.members),
    exact: of.exact,
    months: months.map(({ month, counters, peopleSoFar }) => ({
      month,
      enrolled: discloseCount(counters.enrolled, how),
      completed: discloseCount(counters.completed, how),
      people: discloseCount(counters.people, how),
      peopleSoFar: discloseCount(peopleSoFar, how),
      minutes: discloseMinutes(counters.minutes, counters.enrolled, how),
    })),
  };
}
