import { coordinatorsOrAdministrators } from '../accounts/covered-bodies.ts';
import { bodyTitle } from '../contract/body-name.ts';
import type { BodyKind } from '../contract/territory.ts';
import { transaction } from '../database/transaction.ts';
import { notify } from './notify.ts';

interface Facts {
  person_id: string;
  person: string;
  body: string;
  body_kind: BodyKind;
  body_id: string;
  reason: string | null;
}

/** Tells the coordinators of a request, and the person of its outcome. */
export async function tellAffiliation(affiliationId: string, happened: 'requested' | 'approved' | 'refused'): Promise<void> {
  await transaction(async (tx) => {
    const { rows } = await tx.raw<{ rows: Facts[] }>(
      `select a.person_id, p.given_name || ' ' || p.family_name as person, b.name as body, b.kind as body_kind, a.body_id, a.reason
         from affiliations a join people p on p.id = a.person_id join bodies b on b.id = a.body_id where a.id = ?`,
      [affiliationId],
    );
    const facts = rows[0];
    if (!facts) return;
    const params = { person: facts.person, personId: facts.person_id, body: bodyTitle({ kind: facts.body_kind, name: facts.body }), reason: facts.reason ?? '' };
    if (happened === 'requested') {
      for (const coordinator of await coordinatorsOrAdministrators(tx, facts.body_id)) {
        await notify(tx, { personId: coordinator, kind: 'affiliation-requested', key: `affiliation:${affiliationId}:${coordinator}`, params, link: '/ente' });
      }
    } else {
      await notify(tx, { personId: facts.person_id, kind: `affiliation-${happened}`, key: `affiliation-${happened}:${affiliationId}`, params, link: happened === 'approved' ? '/corsi' : '/profilo' });
    }
  });
}
