import type { z } from 'zod';
import type { Practice, PracticePlace, PracticeStatus, PracticeSummary } from '../../contract/practices.ts';
import type { Actor } from '../../http/actor.ts';
import type { PracticeHit } from '../../contract/search.ts';
import { partsOf } from '../../words/excerpt.ts';
import { presentFile } from '../documents/kinds.ts';
import { authorOf, presentCandidate } from '../present.ts';
import { excerptOf } from './clean-content.ts';
import type { PracticeRow } from './list-practices.ts';
import { type PlacedBody, presentBody } from './placed-body.ts';
import { mayAdopt, mayComment, mayDiscard, mayEdit, mayReadWork, mayRemove, mayReview, maySubmit, maySupersede, mayTakeBack, mayTakeOver } from './policy.ts';
import type { FullPractice } from './read-practice.ts';
import type { PracticeHitRow } from './search-practices.ts';

/** A sheet is published from its first version on; what its author writes meanwhile is another matter. */
const statusOf = (published: boolean, superseded: boolean, stage: PracticeSummary['stage']): PracticeStatus => (superseded ? 'superseded' : published ? 'published' : (stage ?? 'draft'));

export const presentRow = (row: PracticeRow): z.input<typeof PracticeSummary> => ({
  number: row.number, title: row.title, tags: row.tags, status: statusOf(row.published_at !== null, row.superseded, row.stage), stage: row.stage,
  network: { key: row.network_key, name: row.network_name }, body: presentBody(row.body), author: { id: row.author_id, name: row.author_name, body: presentBody(row.body).title },
  publishedAt: row.published_at, changedAt: row.changed_at, excerpt: excerptOf(row.solution), adoptions: row.adoptions,
});

export const presentPracticeHit = (row: PracticeHitRow): z.input<typeof PracticeHit> => ({
  number: row.number, title: row.title, tags: row.tags, network: { key: row.network_key, name: row.network_name }, author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind),
  publishedAt: row.published_at, adoptions: row.adoptions, excerpt: partsOf(row.excerpt),
});

export function presentPractice({ head, shown, versions, files, comments, adoptions, supersededBy, supersedes }: FullPractice, actor: Actor | null): z.input<typeof Practice> {
  const body = presentBody(head.body);
  const mine = adoptions.some((adoption) => adoption.body.id === actor?.bodyId);
  const { title, tags, content } = shown ?? head;
  return {
    number: head.number, status: statusOf(head.version_id !== null, head.superseded_by !== null, head.stage), network: { key: head.network_key, name: head.network_name },
    body, author: { id: head.author_id, name: head.author_name, body: body.title },
    content: { title, tags, ...content },
    files: files.map((row) => ({ id: row.id, title: row.title, file: presentFile({ ...row, version: 1 }) })),
    version: shown ? { sequence: shown.sequence, publishedAt: shown.published_at, current: shown.id === head.version_id } : null,
    versions: versions.map(({ sequence, published_at }) => ({ sequence, publishedAt: published_at })),
    work: mayReadWork(actor, head) ? { revision: head.revision, stage: head.stage, changedAt: head.changed_at, submittedAt: head.submitted_at } : null,
    comments: comments.map((row) => ({ id: row.id, author: presentCandidate({ id: row.author_id, name: row.author_name, body: row.author_body, kind: row.author_kind }), words: row.words, returned: row.returned, createdAt: row.created_at })),
    supersededBy, supersedes,
    adoptions: adoptions.map((adoption) => ({ body: presentBody(adoption.body), note: adoption.note, at: adoption.at, mine: adoption.body.id === actor?.bodyId })),
    places: head.version_id === null ? [] : placesOf(head.body, adoptions.map((adoption) => adoption.body)),
    abilities: {
      edit: mayEdit(actor, head), submit: maySubmit(actor, head), takeBack: mayTakeBack(actor, head), discard: mayDiscard(actor, head), review: mayReview(actor, head), comment: mayComment(actor, head),
      supersede: maySupersede(actor, head), remove: mayRemove(head), takeOver: mayTakeOver(actor, head), adopt: mayAdopt(actor, head) && !mine, withdrawAdoption: mine,
    },
  };
}

/** The Provinces of one sheet: where it comes from, and where it has been adopted, each once. */
function placesOf(contributor: PlacedBody, adopters: PlacedBody[]): PracticePlace[] {
  const places = new Map<string, PracticePlace>();
  const count = ({ province }: PlacedBody, what: 'contributed' | 'adopted'): void => {
    if (!province) return;
    const place = places.get(province.id) ?? { id: province.id, name: province.name, abbreviation: province.abbreviation ?? '', contributed: 0, adopted: 0 };
    place[what] += 1;
    places.set(province.id, place);
  };
  count(contributor, 'contributed');
  for (const body of adopters) count(body, 'adopted');
  return [...places.values()];
}
