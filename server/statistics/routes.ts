import { Boundaries, MembersQuery, MembersStatistics, ProgrammeStatistics, SeriesQuery, SeriesStatistics } from '../contract/statistics.ts';
import { notFound } from '../errors.ts';
import { romeDay } from '../gateways/clock.ts';
import { anyone } from '../http/access.ts';
import { FileReply, routesOf } from '../http/route.ts';
import { findBoundaries, hasBoundaries } from './find-boundaries.ts';
import { listMembers } from './list-members.ts';
import { presentProgramme } from './present.ts';
import { lastChange, membersReadExactly, readMembers, readOutside, readProgramme } from './read-members.ts';
import { showSeries } from './show-series.ts';
import { writeMembersCsv, writeSeriesCsv } from './write-csv.ts';

const { route, routes } = routesOf('statistics');

route({
  method: 'get', path: '/statistics/programme', summary: 'The programme: people trained by area, beside the targets', access: anyone, response: ProgrammeStatistics,
  async handle({ actor, language }) {
    const programme = await readProgramme();
    const [members, outside, updatedAt, boundaries, seen] = await Promise.all([readMembers(programme.id), readOutside(programme.id), lastChange(), hasBoundaries(), membersReadExactly(actor)]);
    return presentProgramme(programme, members, outside, { updatedAt, boundaries, exact: seen === 'all', language });
  },
});

route({
  method: 'get', path: '/statistics/members', summary: 'The 86 Provinces: exact figures of those one coordinates, bands of five people otherwise', access: anyone, query: MembersQuery, response: MembersStatistics,
  handle: ({ actor, query }) => listMembers(actor, query),
});

route({
  method: 'get', path: '/statistics/members/csv', summary: 'The 86 Provinces as CSV', access: anyone, query: MembersQuery, response: 'text/csv',
  handle: async ({ actor, query, language }) => csv(writeMembersCsv(await listMembers(actor, query), language), 'province', query.area),
});

route({
  method: 'get', path: '/statistics/series', summary: 'The last 24 months', access: anyone, query: SeriesQuery, response: SeriesStatistics,
  handle: ({ actor, query }) => showSeries(actor, query),
});

route({
  method: 'get', path: '/statistics/series/csv', summary: 'The last 24 months as CSV', access: anyone, query: SeriesQuery, response: 'text/csv',
  handle: async ({ actor, query, language }) => csv(writeSeriesCsv(await showSeries(actor, query), language), 'mesi', query.area),
});

route({
  method: 'get', path: '/statistics/boundaries', summary: 'The boundaries, drawn, once an operator has imported them', access: anyone, response: Boundaries,
  async handle() {
    const boundaries = await findBoundaries();
    if (!boundaries) throw notFound();
    return boundaries;
  },
});

const csv = (text: string, what: string, area: string | undefined) => new FileReply('text/csv; charset=utf-8', text, { filename: `pico-${what}${area ? `-${area}` : ''}-${romeDay()}.csv` });

export const statisticsRoutes = routes;
