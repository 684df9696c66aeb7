import { bodyTitle } from '../contract/body-name.ts';
import type { BodyKind } from '../contract/territory.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import type { EventPayload } from '../events.ts';
import { notify } from './notify.ts';
import { moderatorsOf } from './tell-community.ts';

interface Facts {
  number: number;
  title: string;
  stage: string | null;
  author_id: string;
  author: string;
  body: string;
  kind: BodyKind;
  network_id: string;
  network: string;
  /** Whether the author may still read her network: who was removed from it is told nothing more of it. */
  reads: boolean;
}

/** Tells who reviews that a sheet waits for them. */
export async function tellSubmitted({ practiceId, at }: EventPayload<'practice.submitted'>): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, practiceId);
    // Taken back or decided by now: nobody has to do anything
    if (facts?.stage !== 'review') return;
    for (const reviewer of await moderatorsOf(tx, facts.network_id)) {
      if (reviewer !== facts.author_id) await notify(tx, { personId: reviewer, kind: 'practice-submitted', key: `practice:submitted:${practiceId}:${at}:${reviewer}`, params: paramsOf(facts), link: linkOf(facts, true) });
    }
  });
}

/** Tells the author that there is something to mend. */
export async function tellReturned({ practiceId, at }: EventPayload<'practice.returned'>): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, practiceId);
    if (facts?.reads) await notify(tx, { personId: facts.author_id, kind: 'practice-returned', key: `practice:returned:${practiceId}:${at}`, params: paramsOf(facts), link: linkOf(facts, true) });
  });
}

/** Tells the author that everybody reads it now. */
export async function tellPublished({ practiceId, versionId }: EventPayload<'practice.published'>): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, practiceId);
    if (facts?.reads) await notify(tx, { personId: facts.author_id, kind: 'practice-published', key: `practice:published:${versionId}`, params: paramsOf(facts), link: linkOf(facts, false) });
  });
}

/** Tells the author what a reviewer says, and the reviewers who have spoken already what the author answers. */
export async function tellCommented({ commentId }: EventPayload<'practice.commented'>): Promise<void> {
  await transaction(async (tx) => {
    const comment = (await tx('practice_comments as c').join('people as a', 'a.id', 'c.author_id').where('c.id', commentId).first('c.practice_id', 'c.author_id', tx.raw("a.given_name || ' ' || a.family_name as name"))) as { practice_id: string; author_id: string; name: string } | undefined;
    const facts = comment && (await factsOf(tx, comment.practice_id));
    if (!comment || !facts) return;
    const spoken = (await tx('practice_comments').where('practice_id', comment.practice_id).distinct().pluck('author_id')) as string[];
    const reviewers = (await moderatorsOf(tx, facts.network_id)).filter((reviewer) => spoken.includes(reviewer));
    for (const person of new Set([...(facts.reads ? [facts.author_id] : []), ...reviewers])) {
      if (person !== comment.author_id) await notify(tx, { personId: person, kind: 'practice-commented', key: `practice:commented:${commentId}:${person}`, params: { ...paramsOf(facts), person: comment.name, personId: comment.author_id }, link: linkOf(facts, true) });
    }
  });
}

const paramsOf = ({ title, author, author_id, body, kind, network }: Facts) => ({ practice: title, person: author, personId: author_id, body: bodyTitle({ name: body, kind }), network });

/** A sheet's page; where it matters, its working copy. */
const linkOf = ({ number, stage }: Facts, work: boolean) => `/buone-pratiche/${number}${work && stage !== null ? '?versione=lavoro' : ''}`;

async function factsOf(tx: Tx, practiceId: string): Promise<Facts | undefined> {
  const { rows } = await tx.raw<{ rows: Facts[] }>(
    `select p.number, p.title, p.stage, p.author_id, a.given_name || ' ' || a.family_name as author, b.name as body, b.kind, n.id as network_id, n.name as network,
            n.reading = 'public' or exists (select from network_members m where m.network_id = n.id and m.person_id = p.author_id and m.status = 'active')
              or exists (select from roles r where r.person_id = p.author_id and r.revoked_at is null and (r.role = 'admin' or (r.role = 'moderator' and (r.scope_id is null or r.scope_id = n.id)))) as reads
       from practices p join people a on a.id = p.author_id join bodies b on b.id = p.body_id join networks n on n.id = p.network_id where p.id = ? and p.deleted_at is null`,
    [practiceId],
  );
  return rows[0];
}
