import { Model } from 'objection';

export type BodyKind = 'province' | 'consortium' | 'metropolitan_city' | 'municipality' | 'upi' | 'other';

/** Who employs people: a Province, a municipality, UPI. Known by ISTAT's code, valid from day to day. */
export class Body extends Model {
  static override tableName = 'bodies';

  declare id: string;
  declare kind: BodyKind;
  declare istat_code: string | null;
  declare name: string;
  declare abbreviation: string | null;
  declare region: string | null;
  declare region_code: string | null;
  declare statute: string | null;
  declare nuts3: string | null;
  declare capitals: string[];
  declare population: number | null;
  declare area_km2: number | null;
  declare valid_from: string | null;
  declare valid_to: string | null;
}
