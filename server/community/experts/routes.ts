import { z } from 'zod';
import { Id } from '../../contract/common.ts';
import { CompetenceList, CompetenceQuery, type ExpertCard, ExpertPage, ExpertPlaces, ExpertQuery, Expertise, PersonPage } from '../../contract/experts.ts';
import { PeopleSearchPage, SearchQuery } from '../../contract/search.ts';
import { recognised, signedIn } from '../../http/access.ts';
import { decodeCursor, toPage } from '../../http/pagination.ts';
import { routesOf } from '../../http/route.ts';
import { searchPage } from '../../words/search-page.ts';
import { completeCompetence } from './complete-competence.ts';
import { type ExpertHit, findExperts, listExperts, searchPeople } from './find-experts.ts';
import { listPlaces } from './list-places.ts';
import { presentExpert, presentPersonPage, presentPlaces } from './present.ts';
import { readPerson } from './read-person.ts';
import { readExpertise, writeExpertise } from './write-expertise.ts';

const { route, routes } = routesOf('community');

/** Family name, given name, id. */
const NameCursor = z.tuple([z.string().max(100), z.string().max(100), Id]);

route({
  method: 'get', path: '/experts', summary: 'Colleagues who show what they know: by words, network, Province, region', access: recognised, query: ExpertQuery, response: ExpertPage, limit: { points: 240, seconds: 60 },
  async handle({ actor, query: { q, exact, cursor, limit, ...filters } }) {
    if (q !== undefined) return searchPage<ExpertHit, ExpertCard>({ q, exact, cursor, limit }, (order) => findExperts(actor, { ...order, filters }), presentExpert);
    const rows = await listExperts(actor, filters, cursor ? decodeCursor(cursor, NameCursor) : undefined, limit);
    const { items, next } = toPage(rows, limit, (last) => [last.family_name, last.given_name, last.id]);
    return { items: items.map(presentExpert), next, near: false, also: [], corrected: null };
  },
});

route({
  method: 'get', path: '/experts/places', summary: 'Provinces and regions of those who show what they know', access: recognised, response: ExpertPlaces,
  handle: async () => presentPlaces(await listPlaces()),
});

route({
  method: 'get', path: '/experts/:id', summary: 'A colleague, as she shows herself', access: recognised, params: z.object({ id: Id }), response: PersonPage, limit: { points: 240, seconds: 60 },
  handle: async ({ actor, params }) => presentPersonPage(await readPerson(actor, params.id), actor),
});

route({
  method: 'get', path: '/me/expertise', summary: 'What I say that I know, and what I show', access: signedIn, response: Expertise,
  handle: ({ actor }) => readExpertise(actor),
});

route({
  method: 'put', path: '/me/expertise', summary: 'Say what I know, and what I show of it', access: signedIn, body: Expertise, response: Expertise, limit: { points: 60, seconds: 600 },
  async handle({ actor, body }) {
    await writeExpertise(actor, body);
    return readExpertise(actor);
  },
});

route({
  method: 'get', path: '/competences', summary: 'Competences in use that begin so', access: signedIn, query: CompetenceQuery, response: CompetenceList, limit: { points: 240, seconds: 60 },
  handle: async ({ actor, query }) => ({ items: await completeCompetence(actor, query.q) }),
});

route({
  method: 'get', path: '/search/people', summary: 'The same as a part of the search of everything', access: recognised, query: SearchQuery, response: PeopleSearchPage, limit: { points: 240, seconds: 60 },
  handle: ({ actor, query: { q, exact, cursor, limit, ...filters } }) => searchPage<ExpertHit, ExpertCard>({ q, exact, cursor, limit }, (order) => searchPeople(actor, { ...order, filters }), presentExpert),
});

export const expertRoutes = routes;
