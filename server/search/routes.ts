import './messages.ts';
import { OverviewQuery, SearchOverview } from '../contract/search.ts';
import { presentDocumentHit } from '../community/documents/present.ts';
import { presentExpert } from '../community/experts/present.ts';
import { presentPracticeHit } from '../community/practices/present.ts';
import { presentHit } from '../community/present.ts';
import { presentCourseHit } from '../courses/present.ts';
import { anyone } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import type { Found } from '../words/found.ts';
import { searchEverything } from './search-everything.ts';

const { route, routes } = routesOf('search');

route({
  method: 'get', path: '/search/all', summary: 'The best few of everything that one may read: discussions, documents, best practices, courses, people', access: anyone, query: OverviewQuery, response: SearchOverview, limit: { points: 240, seconds: 60 },
  async handle({ actor, query }) {
    const { found, step, also, corrected } = await searchEverything(actor, query);
    const best = <R, T>({ rows, total }: Found<R>, present: (row: R) => T) => ({ total, items: rows.slice(0, query.few).map(present) });
    return {
      threads: best(found.threads, presentHit), documents: best(found.documents, presentDocumentHit), practices: best(found.practices, presentPracticeHit), courses: best(found.courses, presentCourseHit),
      people: found.people && best(found.people, presentExpert), near: step === 'near', also, corrected,
    };
  },
});

export const searchRoutes = routes;
