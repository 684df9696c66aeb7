import { z } from 'zod';
import { Empty } from '../../contract/common.ts';
import { ReasonInput } from '../../contract/community.ts';
import { Practice, PracticeReturn, PracticeRevision, PracticeSuccession } from '../../contract/practices.ts';
import { signedIn } from '../../http/access.ts';
import type { Actor } from '../../http/actor.ts';
import { routesOf } from '../../http/route.ts';
import { presentPractice } from './present.ts';
import { readPractice } from './read-practice.ts';
import { publishPractice, returnPractice } from './review-practice.ts';
import { removePractice, restorePractice, supersedePractice } from './supersede-practice.ts';

const { route, routes } = routesOf('community');

const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) });
const view = async (actor: Actor, number: number, version?: 'work') => presentPractice(await readPractice(actor, number, version), actor);

route({
  method: 'put', path: '/practices/:number/return', summary: 'A reviewer gives it back to its author, with a comment', access: signedIn, params: byNumber, body: PracticeReturn, response: Practice,
  async handle({ actor, params, body }) {
    await returnPractice(actor, params.number, body);
    return view(actor, params.number, 'work');
  },
});

route({
  method: 'put', path: '/practices/:number/publication', summary: 'A reviewer publishes it', access: signedIn, params: byNumber, body: PracticeRevision, response: Practice,
  async handle({ actor, params, body }) {
    await publishPractice(actor, params.number, body.revision);
    return view(actor, params.number);
  },
});

route({
  method: 'put', path: '/practices/:number/succession', summary: 'Another sheet takes its place', access: signedIn, params: byNumber, body: PracticeSuccession, response: Practice,
  async handle({ actor, params, body }) {
    await supersedePractice(actor, params.number, body.by);
    return view(actor, params.number);
  },
});

route({
  method: 'delete', path: '/practices/:number/succession', summary: 'It is good again', access: signedIn, params: byNumber, response: Practice,
  async handle({ actor, params }) {
    await restorePractice(actor, params.number);
    return view(actor, params.number);
  },
});

route({
  method: 'put', path: '/practices/:number/removal', summary: 'A moderator removes it, with a reason', access: signedIn, params: byNumber, body: ReasonInput, response: Empty,
  async handle({ actor, params, body }) {
    await removePractice(actor, params.number, body.reason);
    return {};
  },
});

export const reviewRoutes = routes;
