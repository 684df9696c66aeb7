import type { Tx } from '../database/transaction.ts';

/** The domain of an address and its parents: `ufficio.provincia.treviso.it`, `provincia.treviso.it`, `treviso.it`. A bare `it` is nobody's. */
export function domainsOf(email: string): string[] {
  const labels = email.slice(email.lastIndexOf('@') + 1).toLowerCase().split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

/** Whether the body has declared the domain of the address, or one above it. The nearest declared domain decides. */
export async function declaredByDomain(tx: Tx, bodyId: string, email: string): Promise<boolean> {
  const domains = domainsOf(email);
  const declared = (await tx('body_domains').whereIn('domain', domains).select('domain', 'body_id')) as { domain: string; body_id: string }[];
  const nearest = domains.find((domain) => declared.some((row) => row.domain === domain));
  return declared.some((row) => row.domain === nearest && row.body_id === bodyId);
}
