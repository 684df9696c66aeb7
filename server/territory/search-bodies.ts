import { database } from '../database/connection.ts';
import { romeDay } from '../gateways/clock.ts';
import type { BodyKind } from './body.ts';

export interface FoundBody {
  id: string;
  name: string;
  kind: BodyKind;
  abbreviation: string | null;
  region: string | null;
  province_id: string | null;
  province_name: string | null;
  province_abbreviation: string | null;
}

/** What people type before a name, and what they mean by it. */
const PREFIXES: [RegExp, BodyKind[]][] = [
  [/^(la )?(prov(incia|\.)?)( autonoma)? (di |del |della |dell['’])?/i, ['province', 'consortium']],
  [/^(il )?(libero )?consorzio( comunale)? (di )?/i, ['consortium']],
  [/^(la )?citt[aà] metropolitana (di )?/i, ['metropolitan_city']],
  [/^(il )?comune (di |del |della |dell['’])?/i, ['municipality']],
];

/**
 * Bodies that exist today and employ people, by a part of their name: accents do not matter, nor does a slip of the finger, nor
 * "Provincia di" before it. Best matches first; a Province before the municipality of the same name.
 */
export async function searchBodies(term: string, limit: number): Promise<FoundBody[]> {
  const typed = term.trim();
  const prefix = PREFIXES.find(([pattern]) => pattern.test(typed) && typed.replace(pattern, '').length > 1);
  const name = prefix ? typed.replace(prefix[0], '') : typed;
  if (name.length < 2) return [];
  const { rows } = await database().raw<{ rows: FoundBody[] }>(
    `with typed as (select plain(:name) as name, plain(:pattern) as pattern)
     select b.id, b.name, b.kind, b.abbreviation, b.region, p.id as province_id, p.name as province_name, p.abbreviation as province_abbreviation
       from typed, bodies b
       left join body_memberships m on m.body_id = b.id and m.valid_from <= :today and (m.valid_to is null or m.valid_to >= :today)
       left join bodies p on p.id = m.parent_id
      where (plain(b.name) like '%' || typed.pattern || '%' or typed.name <% plain(b.name) or (b.kind <> 'municipality' and lower(b.abbreviation) = typed.name))
        and (b.valid_from is null or b.valid_from <= :today) and (b.valid_to is null or b.valid_to >= :today)
        and not (b.kind = 'other' and b.istat_code is not null)
      order by b.kind = any(:kinds) desc, plain(b.name) = typed.name desc, lower(coalesce(b.abbreviation, '')) = typed.name desc, plain(b.name) like typed.pattern || '%' desc,
               plain(b.name) like '% ' || typed.pattern || '%' desc, b.kind = 'municipality', word_similarity(typed.name, plain(b.name)) desc, b.population desc nulls last, b.name, b.id
      limit :limit`,
    { name, pattern: name.replace(/[%_\\]/g, '\\$&'), today: romeDay(), kinds: prefix?.[1] ?? [], limit },
  );
  return rows;
}
