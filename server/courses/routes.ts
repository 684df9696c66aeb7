import './messages.ts';
import { z } from 'zod';
import { Id } from '../contract/common.ts';
import { Key } from '../contract/completion.ts';
import { Areas, CataloguePage, CatalogueQuery, CourseSheet } from '../contract/courses.ts';
import { CourseSearchPage, SearchQuery } from '../contract/search.ts';
import { database } from '../database/connection.ts';
import { anyone } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { searchPage } from '../words/search-page.ts';
import { editionRoutes } from './edition-routes.ts';
import { findAsset } from './find-asset.ts';
import { findCoursesByWords } from './find-by-words.ts';
import { findCourseSheet } from './find-course-sheet.ts';
import { presentArea, presentCourseHit } from './present.ts';
import { searchCourses } from './search-courses.ts';

const { route, routes } = routesOf('courses');

const ByKey = z.object({ key: Key });

route({
  method: 'get', path: '/areas', summary: 'The training areas', access: anyone, response: Areas,
  async handle() {
    return { items: (await database()('areas').orderBy('position')).map(presentArea) };
  },
});

route({
  method: 'get', path: '/courses', summary: 'The catalogue: courses by words, area, level, modality, hours and dates, with counts', access: anyone,
  query: CatalogueQuery, response: CataloguePage, limit: { points: 240, seconds: 60, parameter: 'q' },
  handle: ({ query }) => searchCourses(query),
});

route({
  method: 'get', path: '/courses/:key', summary: 'The sheet of a course: programme, rule of the certificate, coming editions', access: anyone,
  params: ByKey, response: CourseSheet,
  handle: ({ actor, params }) => findCourseSheet(actor, params.key),
});

route({
  method: 'get', path: '/course-versions/:versionId/assets/:name', summary: 'An image, a video, subtitles or a document of a version', access: anyone,
  params: z.object({ versionId: Id, name: z.string().max(200).regex(/^[\w.-]+$/) }), response: 'application/octet-stream',
  handle: ({ params }) => findAsset(params.versionId, params.name),
});

route({
  method: 'get', path: '/search/courses', summary: 'Search the courses and what their lessons say', access: anyone, query: SearchQuery, response: CourseSearchPage, limit: { points: 240, seconds: 60 },
  handle: ({ query: { q, exact, cursor, limit, ...filters } }) => searchPage({ q, exact, cursor, limit }, (order) => findCoursesByWords({ ...order, filters }), presentCourseHit),
});

export const coursesRoutes = [...routes, ...editionRoutes];
