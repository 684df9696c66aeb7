import { coordinatorsOrAdministrators } from '../accounts/covered-bodies.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { notify } from './notify.ts';
import type { NoticeKind } from './texts.ts';

interface Facts {
  person_id: string;
  person: string;
  course: string;
  course_key: string;
  edition: string;
  body_id: string;
  /** The newest change to this status: who made it, and why. */
  change_id: string;
  by_person_id: string | null;
  reason: string | null;
  /** Of the edition. */
  cancelled: boolean;
}

/** Tells whom a change of an enrolment concerns: the coordinators of a request, the person of what was decided for her. */
export async function tellEnrolment({ enrolmentId, from, to }: { enrolmentId: string; from: string | null; to: string }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, enrolmentId, to);
    if (!facts) return;
    const params = { person: facts.person, personId: facts.person_id, course: facts.course, edition: facts.edition, reason: facts.reason ?? '' };
    const key = `enrolment:${facts.change_id}`;
    if (to === 'requested') {
      for (const coordinator of await coordinatorsOrAdministrators(tx, facts.body_id)) {
        await notify(tx, { personId: coordinator, kind: 'enrolment-requested', key: `${key}:${coordinator}`, params, link: '/ente/iscrizioni' });
      }
      return;
    }
    const kind = kindOf(from, to, facts);
    if (kind) await notify(tx, { personId: facts.person_id, kind, key, params, link: to === 'refused' || to === 'withdrawn' ? `/corsi/${facts.course_key}` : `/percorso/${enrolmentId}` });
  });
}

function kindOf(from: string | null, to: string, { by_person_id, cancelled }: Facts): NoticeKind | undefined {
  if (to === 'active') return from === 'waiting' ? 'enrolment-promoted' : 'enrolment-active';
  if (to === 'waiting') return 'enrolment-waiting';
  // Who withdrew knows it; otherwise the edition was cancelled, or is over without a seat for her
  if (to === 'withdrawn') return by_person_id !== null ? undefined : cancelled ? 'enrolment-cancelled' : 'enrolment-lapsed';
  return to === 'refused' ? 'enrolment-refused' : undefined;
}

async function factsOf(tx: Tx, enrolmentId: string, to: string): Promise<Facts | undefined> {
  const { rows } = await tx.raw<{ rows: Facts[] }>(
    `select e.person_id, p.given_name || ' ' || p.family_name as person, v.title as course, c.key as course_key, ed.code as edition, e.body_id,
            change.id as change_id, change.by_person_id, change.reason, ed.cancelled_at is not null as cancelled
       from enrolments e
       join people p on p.id = e.person_id
       join editions ed on ed.id = e.edition_id
       join course_versions v on v.id = ed.version_id
       join courses c on c.id = ed.course_id
       join lateral (select * from enrolment_changes x where x.enrolment_id = e.id and x.to_status = ? order by x.id desc limit 1) change on true
      where e.id = ?`,
    [to, enrolmentId],
  );
  return rows[0];
}
