import { z } from 'zod';
import { Id } from '../contract/common.ts';
import { Cancellation, EditionChange, EditionDetail, EditionsPage, EditionsQuery, ManagedCourses, NewEdition } from '../contract/courses.ts';
import { anyone, trainers } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { cancelEdition } from './cancel-edition.ts';
import { changeEdition } from './change-edition.ts';
import { createEdition } from './create-edition.ts';
import { findEdition } from './find-edition.ts';
import { listEditions, listManagedCourses } from './list-editions.ts';
import { presentEdition } from './present.ts';
import { publishEdition } from './publish-edition.ts';

const { route, routes } = routesOf('courses');
const ById = z.object({ id: Id });

route({
  method: 'get', path: '/managed-courses', summary: 'The courses whose editions one manages, with who may train in them', access: trainers, response: ManagedCourses,
  handle: ({ actor }) => listManagedCourses(actor),
});

route({
  method: 'get', path: '/editions', summary: 'The editions that one manages, the latest first', access: trainers, query: EditionsQuery, response: EditionsPage,
  async handle({ actor, query }) {
    const { items, next } = await listEditions(actor, query);
    return { items: items.map((row) => presentEdition(actor, row)), next };
  },
});

route({
  method: 'post', path: '/editions', summary: 'A draft edition', access: trainers, body: NewEdition, response: EditionDetail, status: 201,
  handle: async ({ actor, body }) => presentEdition(actor, await createEdition(actor, body)),
});

route({
  method: 'get', path: '/editions/:id', summary: 'An edition: a draft only to who manages it', access: anyone, params: ById, response: EditionDetail,
  handle: async ({ actor, params }) => presentEdition(actor, await findEdition(actor, params.id)),
});

route({
  method: 'patch', path: '/editions/:id', summary: 'Change an edition; what is not given stays', access: trainers, params: ById, body: EditionChange, response: EditionDetail,
  handle: async ({ actor, params, body }) => presentEdition(actor, await changeEdition(actor, params.id, body)),
});

route({
  method: 'put', path: '/editions/:id/publication', summary: 'Publish a draft edition on the newest version of its course', access: trainers, params: ById, response: EditionDetail,
  handle: async ({ actor, params }) => presentEdition(actor, await publishEdition(actor, params.id)),
});

route({
  method: 'put', path: '/editions/:id/cancellation', summary: 'Cancel an edition, with the reason', access: trainers, params: ById, body: Cancellation, response: EditionDetail,
  handle: async ({ actor, params, body }) => presentEdition(actor, await cancelEdition(actor, params.id, body.reason)),
});

export const editionRoutes = routes;
