import { audit } from '../../accounts/audit.ts';
import type { PracticeReturn } from '../../contract/practices.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden } from '../../errors.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { searchedWords } from './clean-content.ts';
import { addComment } from './comment-practice.ts';
import { lockPractice } from './find-practice.ts';
import { reviews } from './policy.ts';
import type { PracticeHead } from './practice.ts';

/**
 * A reviewer gives a sheet back to its author, and says why; asked twice it goes back once.
 * @throws AppError 404; 403, also `practice-own-review`; 409 `practice-changed`, `practice-not-in-review`
 */
export async function returnPractice(actor: Actor, number: number, { revision, clientId, words }: PracticeReturn): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockForReview(tx, actor, number);
    if (await tx('practice_comments').where({ author_id: actor.id, client_id: clientId }).first('id')) return;
    assertUnderReview(sheet, revision);
    await addComment(tx, actor, sheet.id, { clientId, words, returned: true });
    await tx('practices').where('id', sheet.id).update({ stage: 'returned' });
    await record(tx, 'practice.returned', { practiceId: sheet.id, at: clock.now().toISOString() });
    await audit(tx, actor, 'practice.return', 'practice', sheet.id, { details: { number, title: sheet.title, reason: words } });
  });
}

/**
 * A reviewer publishes a sheet as it stands: a version that never changes. Asked twice it is one version.
 * @throws AppError 404; 403, also `practice-own-review`; 409 `practice-changed`, `practice-not-in-review`
 */
export async function publishPractice(actor: Actor, number: number, revision: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockForReview(tx, actor, number);
    if (await tx('practice_versions').where({ practice_id: sheet.id, revision }).first('id')) return;
    assertUnderReview(sheet, revision);
    const versionId = await writeVersion(tx, actor, sheet);
    await tx('practices').where('id', sheet.id).update({ stage: null, version_id: versionId });
    await record(tx, 'practice.published', { practiceId: sheet.id, versionId });
    await audit(tx, actor, 'practice.publish', 'practice', sheet.id, { details: { number, title: sheet.title, revision } });
  });
}

async function lockForReview(tx: Tx, actor: Actor, number: number): Promise<PracticeHead> {
  const sheet = await lockPractice(tx, actor, number);
  if (!reviews(actor, sheet)) throw forbidden(sheet.moderates && sheet.author_id === actor.id ? 'practice-own-review' : 'forbidden');
  return sheet;
}

function assertUnderReview(sheet: PracticeHead, revision: number): void {
  // Which words she read matters first: she may decide on no others
  if (sheet.revision !== revision) throw conflict('practice-changed');
  if (sheet.stage !== 'review') throw conflict('practice-not-in-review');
}

async function writeVersion(tx: Tx, actor: Actor, sheet: PracticeHead): Promise<string> {
  const { title, main, rest } = searchedWords(sheet);
  const { rows } = await tx.raw<{ rows: { id: string }[] }>(
    `insert into practice_versions (practice_id, sequence, revision, title, tags, content, files, author_id, search, published_at, published_by)
     select id, 1 + (select count(*) from practice_versions v where v.practice_id = p.id), revision, title, tags, content, files, author_id,
            setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', left(:main::text, 200000)), 'B') || setweight(to_tsvector('italian_plain', :rest::text), 'C'), :now, :actor
       from practices p where id = :id returning id`,
    { title, main, rest, now: clock.now(), actor: actor.id, id: sheet.id },
  );
  const [version] = rows;
  if (!version) throw new Error('not inserted');
  return version.id;
}
