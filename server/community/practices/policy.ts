import { type Actor, holds } from '../../http/actor.ts';
import { mayWrite } from '../policy.ts';
import type { PracticeHead } from './practice.ts';

type Place = Pick<PracticeHead, 'archived_at' | 'membership' | 'moderates' | 'suspended_until'>;
export type Sheet = Place & Pick<PracticeHead, 'author_id' | 'body_id' | 'stage' | 'submitted_at' | 'version_id' | 'superseded_by' | 'author_gone'>;

const isAuthor = (actor: Actor | null, { author_id }: Pick<Sheet, 'author_id'>): boolean => actor?.id === author_id;

/** Who writes in the network, for a body that has confirmed her: a sheet speaks for a body. */
export const mayContribute = (actor: Actor | null, place: Place): boolean => actor !== null && actor.bodyId !== null && mayWrite(place, place);

/** Its author alone, while nobody is reviewing it and no other sheet has taken its place. */
export const mayEdit = (actor: Actor | null, sheet: Sheet): boolean => isAuthor(actor, sheet) && mayContribute(actor, sheet) && sheet.stage !== 'review' && sheet.superseded_by === null;

export const maySubmit = (actor: Actor | null, sheet: Sheet): boolean => mayEdit(actor, sheet) && sheet.stage !== null;

export const mayTakeBack = (actor: Actor | null, sheet: Sheet): boolean => isAuthor(actor, sheet) && sheet.stage === 'review';

/** The author throws away what was not published. */
export const mayDiscard = (actor: Actor | null, sheet: Sheet): boolean => isAuthor(actor, sheet) && (sheet.stage === 'draft' || sheet.stage === 'returned');

/** Four eyes: nobody reviews her own sheet, but UPI, which has nobody above. */
export const reviews = (actor: Actor | null, sheet: Sheet): boolean => sheet.moderates && sheet.archived_at === null && (!isAuthor(actor, sheet) || holds(actor, 'admin'));

export const mayReview = (actor: Actor | null, sheet: Sheet): boolean => sheet.stage === 'review' && reviews(actor, sheet);

/** What is not published yet: its author, and from when she hands it in who reviews. */
export const mayReadWork = (actor: Actor | null, sheet: Sheet): boolean => isAuthor(actor, sheet) || (sheet.moderates && (sheet.stage === 'review' || sheet.stage === 'returned'));

/** What author and reviewers say to each other is theirs. */
export const mayReadComments = (actor: Actor | null, sheet: Sheet): boolean => isAuthor(actor, sheet) || (sheet.moderates && sheet.submitted_at !== null);

export const mayComment = (actor: Actor | null, sheet: Sheet): boolean => sheet.submitted_at !== null && sheet.archived_at === null && (sheet.moderates || (isAuthor(actor, sheet) && mayContribute(actor, sheet)));

/** Who wrote a published sheet, or who moderates, says that another one has taken its place. */
export const maySupersede = (actor: Actor | null, sheet: Sheet): boolean => sheet.version_id !== null && sheet.archived_at === null && (sheet.moderates || (isAuthor(actor, sheet) && mayContribute(actor, sheet)));

/** Whose author has left is kept up by who moderates, for a body that has recognised her. */
export const mayTakeOver = (actor: Actor | null, sheet: Sheet): boolean => sheet.moderates && sheet.archived_at === null && sheet.author_gone && actor !== null && actor.bodyId !== null && !isAuthor(actor, sheet);

export const mayRemove = (sheet: Sheet): boolean => sheet.version_id !== null && sheet.moderates;

/** Anybody who may read it, for her own body, unless the sheet is her body's. */
export const mayAdopt = (actor: Actor | null, sheet: Sheet): boolean => actor !== null && actor.bodyId !== null && actor.bodyId !== sheet.body_id && sheet.version_id !== null && sheet.superseded_by === null;
