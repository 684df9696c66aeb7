import type { z } from 'zod';
import type { Area } from '../contract/courses.ts';

interface AreaRow {
  code: z.output<typeof Area>['code'];
  name_it: string;
  name_en: string;
}

export const presentArea = (row: AreaRow): Area => ({ code: row.code, nameIt: row.name_it, nameEn: row.name_en });
