import { z } from 'zod';
import { Day, Id, Moment, queryInt, text } from './common.ts';

export const BodyKind = z.enum(['province', 'consortium', 'metropolitan_city', 'municipality', 'upi', 'other']);
export type BodyKind = z.output<typeof BodyKind>;

/** A body as it is named anywhere. The name is the bare one, "Treviso": the kind says of what. */
export const BodyReference = z.object({ id: Id, name: z.string(), kind: BodyKind });
export type BodyReference = z.output<typeof BodyReference>;

/** A body as somebody who looks for it recognises it. */
export const BodySummary = BodyReference.extend({
  abbreviation: z.string().nullable(),
  region: z.string().nullable(),
  /** Of a municipality, where it lies today. */
  province: z.object({ id: Id, name: z.string(), abbreviation: z.string().nullable() }).nullable(),
});
export type BodySummary = z.output<typeof BodySummary>;

export const BodySearch = z.object({ q: text(0, 80).default(''), limit: queryInt(1, 20).default(10) });
export const BodyList = z.object({ items: z.array(BodySummary) });

export const BodyDetail = BodySummary.extend({
  istatCode: z.string().nullable(),
  population: z.int().nullable(),
  validFrom: Day.nullable(),
  /** The last day on which it existed. */
  validTo: Day.nullable(),
  /** The member of the programme for which its people count. */
  member: BodyReference.nullable(),
  predecessors: z.array(BodyReference),
  successors: z.array(BodyReference),
});
export type BodyDetail = z.output<typeof BodyDetail>;

/** An e-mail domain, without the at sign. */
export const Domain = z.string().trim().toLowerCase().max(190)
  .refine((value) => /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(value), { error: 'domain-malformed' });

/** A domain whose people need no approval to join the body. */
export const BodyDomain = z.object({ domain: z.string(), body: BodyReference, declaredAt: Moment });
export type BodyDomain = z.output<typeof BodyDomain>;
export const BodyDomainList = z.object({ items: z.array(BodyDomain) });
