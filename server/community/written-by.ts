import type { BodyKind } from '../contract/territory.ts';

/** Who wrote something, and for whom she worked then: columns that every list of threads, posts and hits has. */
export interface WrittenBy {
  author_id: string;
  author_name: string;
  author_body: string | null;
  author_kind: BodyKind | null;
}
