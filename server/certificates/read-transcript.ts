import { bodyTitle } from '../contract/body-name.ts';
import type { AreaCode } from '../contract/common.ts';
import type { BodyKind } from '../contract/territory.ts';
import { database } from '../database/connection.ts';
import type { Actor } from '../http/actor.ts';
import { Certificate } from './certificate.ts';

export interface LedgerRow {
  id: string;
  day: string;
  area_code: AreaCode;
  area_name: string;
  modality: 'online' | 'aula' | 'live';
  source: 'lesson' | 'attendance' | 'correction';
  minutes: number;
  note: string | null;
  lesson: string | null;
  course: string | null;
}

export interface TranscriptRows {
  body: string | null;
  year: number | null;
  years: number[];
  ledger: LedgerRow[];
  certificates: Certificate[];
}

/** A person's ledger of credited minutes, of one year or of all, and the certificates of what was completed in it. Every total is a sum over the ledger. */
export async function readTranscript(actor: Actor, year: number | undefined): Promise<TranscriptRows> {
  const inYear = year === undefined ? '' : 'and extract(year from h.day) = ?';
  const { rows: ledger } = await database().raw<{ rows: LedgerRow[] }>(
    `select h.id, h.day, h.area_code, a.name_it as area_name, h.modality, h.source, h.minutes, h.note, v.title as course,
            case when h.source = 'lesson' then (select l.title from lessons l where l.version_id = v.id and h.source_key = 'lesson:' || h.enrolment_id || ':' || l.id) end as lesson
       from hours_entries h
       join areas a on a.code = h.area_code
       left join enrolments e on e.id = h.enrolment_id
       left join editions ed on ed.id = e.edition_id
       left join course_versions v on v.id = ed.version_id
      where h.person_id = ? ${inYear}
      order by h.day desc, h.id desc`,
    year === undefined ? [actor.id] : [actor.id, year],
  );
  const { rows: years } = await database().raw<{ rows: { year: number }[] }>(
    `select extract(year from day)::int as year from hours_entries where person_id = ?
     union select left(snapshot->>'completedOn', 4)::int from certificates where person_id = ? order by 1 desc`,
    [actor.id, actor.id],
  );
  const certificates = Certificate.query().withGraphFetched('revocation').where('person_id', actor.id).orderBy('issued_at', 'desc');
  if (year !== undefined) certificates.whereRaw("left(snapshot->>'completedOn', 4)::int = ?", [year]);
  const body = actor.bodyId ? ((await database()('bodies').where('id', actor.bodyId).first('name', 'kind')) as { name: string; kind: BodyKind } | undefined) : undefined;
  return { body: body ? bodyTitle(body) : null, year: year ?? null, years: years.map((row) => row.year), ledger, certificates: await certificates };
}
