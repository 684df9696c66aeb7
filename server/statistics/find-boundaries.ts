import type { z } from 'zod';
import type { Boundaries } from '../contract/statistics.ts';
import { database } from '../database/connection.ts';
import { PROGRAMME } from '../territory/attribution.ts';

/** The imported boundaries, each unit with the member of the programme that it counts for today. */
export async function findBoundaries(): Promise<z.input<typeof Boundaries> | undefined> {
  const { rows } = await database().raw<{ rows: z.input<typeof Boundaries>[] }>(
    `select m.width, m.height, m.imported_at as "importedAt",
            (select json_agg(json_build_object('istatCode', s."istatCode", 'name', b.name, 'memberId', a.member_id, 'path', s.path) order by s."istatCode")
               from jsonb_to_recordset(m.shapes) as s ("istatCode" text, path text)
               join bodies b on b.istat_code = s."istatCode"
               left join programme_attributions a on a.body_id = b.id and a.programme_id = (select id from programmes where code = ?)) as shapes
       from boundaries m`,
    [PROGRAMME],
  );
  return rows[0];
}

export async function hasBoundaries(): Promise<boolean> {
  return (await database()('boundaries').first('one')) !== undefined;
}
