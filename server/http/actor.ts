/** Who acts, as the session tells: what a policy may look at. */
export type RoleName = 'admin' | 'coordinator' | 'trainer' | 'moderator' | 'agent' | 'steward';

export interface HeldRole {
  role: RoleName;
  scope: 'platform' | 'body' | 'course' | 'network';
  /** The body, course or network; null for the platform. */
  scopeId: string | null;
}

export interface Actor {
  id: string;
  sessionId: string;
  givenName: string;
  familyName: string;
  email: string;
  language: Language;
  /** The body that approved her; null until then. */
  bodyId: string | null;
  roles: HeldRole[];
}

export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Holds the role on the whole platform, or in this very place. */
export function holds(actor: Pick<Actor, 'roles'> | null, role: RoleName, scopeId?: string): boolean {
  return (actor?.roles ?? []).some((held) => held.role === role && (held.scope === 'platform' || (scopeId !== undefined && held.scopeId === scopeId)));
}

/** Holds the role anywhere at all. */
export function holdsSomewhere(actor: Actor | null, role: RoleName): boolean {
  return (actor?.roles ?? []).some((held) => held.role === role);
}
