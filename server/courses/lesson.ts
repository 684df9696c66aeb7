import { Model } from 'objection';

/** Names of files among the version's assets; `assetAddress` makes addresses of them. */
export interface LessonMedia {
  video?: string;
  captions?: string;
  poster?: string;
  document?: string;
}

/** A lesson of a version. `html` was sanitised when synced and can be shown as it is. */
export class Lesson extends Model {
  static override tableName = 'lessons';
  static override jsonAttributes = ['media'];

  declare id: string;
  declare version_id: string;
  declare module_id: string;
  declare key: string;
  declare title: string;
  declare kind: 'page' | 'video' | 'document';
  /** In the order of the whole version, from 1. */
  declare position: number;
  declare minutes: number;
  declare html: string;
  declare sources: string[];
  declare media: LessonMedia;
}
