import { z } from 'zod';

/** An error as RFC 9457 has it, with our stable code and every mistake of the input. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string(), code: z.string() })),
});
export type Problem = z.output<typeof Problem>;
