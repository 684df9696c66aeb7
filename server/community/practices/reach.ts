import { MODERATES, READABLE } from '../reach.ts';

/**
 * Which sheets `p` of networks `n` the reader may know of: what was published there where she may read; her own from the first word on; as a
 * reviewer those handed in. It stands in the query, so that no channel can forget it.
 */
export const KNOWN = `(p.deleted_at is null and ${READABLE} and (p.version_id is not null or p.author_id = $1::uuid or (p.submitted_at is not null and p.stage <> 'draft' and ${MODERATES})))`;
