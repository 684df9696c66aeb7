import { z } from 'zod';
import { Id, LanguageCode, Moment, page, pageQuery, text } from './common.ts';
import { BodyReference } from './territory.ts';

/** Who is signed in, as every page needs it. */
export const Me = z.object({
  actor: z
    .object({
      id: Id,
      givenName: z.string(),
      familyName: z.string(),
      email: z.string(),
      body: BodyReference.nullable(),
      /** The body that she has asked to join, while nobody has answered. */
      pendingBody: BodyReference.nullable(),
      language: LanguageCode,
      abilities: z.object({ coordinate: z.boolean(), train: z.boolean(), moderate: z.boolean(), administer: z.boolean() }),
      unreadNotices: z.int(),
      unreadMessages: z.int(),
    })
    .nullable(),
});
export type Me = z.output<typeof Me>;

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

/** Chosen by a person. What is too easy to guess is refused later, with its name and address at hand. */
export const NewPassword = z.string().max(PASSWORD_MAX).refine((value) => [...value].length >= PASSWORD_MIN, { error: 'password-short' });
const Password = z.string().min(1).max(PASSWORD_MAX);
export const EmailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** A name is written into mails to addresses that nobody has confirmed: it carries no address of a site. */
const PersonName = text(1, 80).refine((value) => /^[\p{L}\p{M}\p{N} .'’‘`()-]*$/u.test(value) && !/\.[\p{L}\p{N}]/u.test(value), { error: 'bad-name' });
const JobTitle = text(0, 120);
/** The secret of a link that came by mail. */
const Token = z.string().min(1).max(100);

export const Registration = z.object({
  givenName: PersonName, familyName: PersonName, email: EmailAddress, password: NewPassword, bodyId: Id, jobTitle: JobTitle.default(''), language: LanguageCode,
});
export type Registration = z.output<typeof Registration>;

export const Confirmation = z.object({ token: Token });
/** What became of the wish to belong to a body when the address was confirmed. */
export const ConfirmationOutcome = z.object({ affiliation: z.enum(['approved', 'pending', 'none']), body: BodyReference.nullable() });
export type ConfirmationOutcome = z.output<typeof ConfirmationOutcome>;

export const AddressOnly = z.object({ email: EmailAddress });
export const SignIn = z.object({ email: EmailAddress, password: Password });
export const PasswordReset = z.object({ token: Token, password: NewPassword });
export const PasswordChange = z.object({ current: Password, next: NewPassword });

export const Session = z.object({ id: Id, current: z.boolean(), ip: z.string(), userAgent: z.string(), createdAt: Moment, seenAt: Moment });
export type Session = z.output<typeof Session>;
export const SessionList = z.object({ items: z.array(Session) });

export const AffiliationStatus = z.enum(['pending', 'approved', 'refused', 'cancelled']);
export const OwnAffiliation = z.object({ id: Id, body: BodyReference, status: AffiliationStatus, requestedAt: Moment, decidedAt: Moment.nullable(), reason: z.string().nullable() });
export type OwnAffiliation = z.output<typeof OwnAffiliation>;

export const RoleName = z.enum(['admin', 'coordinator', 'trainer', 'moderator', 'agent', 'steward']);
export const RoleScope = z.enum(['platform', 'body', 'course', 'network']);
/** A role somebody holds; `place` is the body's full name or the course's title, null on the whole platform. */
export const Role = z.object({ id: Id, role: RoleName, scope: RoleScope, scopeId: Id.nullable(), place: z.string().nullable(), grantedAt: Moment });
export type Role = z.output<typeof Role>;

export const Profile = z.object({
  givenName: z.string(), familyName: z.string(), email: z.string(), jobTitle: z.string().nullable(), language: LanguageCode,
  body: BodyReference.nullable(),
  /** Newest first: the open wish, and what became of the others. */
  affiliations: z.array(OwnAffiliation),
  roles: z.array(Role),
});
export type Profile = z.output<typeof Profile>;
export const ProfileChange = z.object({ givenName: PersonName, familyName: PersonName, jobTitle: JobTitle, language: LanguageCode }).partial();
export type ProfileChange = z.output<typeof ProfileChange>;

/** A wish to belong to a body, as its coordinator sees it. */
export const Affiliation = z.object({
  id: Id, status: AffiliationStatus, requestedAt: Moment, decidedAt: Moment.nullable(), reason: z.string().nullable(),
  person: z.object({ id: Id, givenName: z.string(), familyName: z.string(), email: z.string(), jobTitle: z.string().nullable() }),
  body: BodyReference,
  /** The body she would leave. */
  currentBody: BodyReference.nullable(),
  abilities: z.object({ decide: z.boolean() }),
});
export type Affiliation = z.output<typeof Affiliation>;
export const AffiliationPage = page(Affiliation);
export const AffiliationQuery = z.object({ ...pageQuery, status: AffiliationStatus.default('pending') });
export const AffiliationRequest = z.object({ bodyId: Id });
export const AffiliationDecision = z
  .object({ decision: z.enum(['approved', 'refused']), reason: text(0, 500).default('') })
  .refine(({ decision, reason }) => decision === 'approved' || reason.length >= 3, { path: ['reason'], error: 'reason-missing' });
export type AffiliationDecision = z.output<typeof AffiliationDecision>;

export const Person = z.object({
  id: Id, givenName: z.string(), familyName: z.string(), email: z.string(), jobTitle: z.string().nullable(), language: LanguageCode,
  body: BodyReference.nullable(), registeredAt: Moment, confirmedAt: Moment.nullable(), suspendedAt: Moment.nullable(), closedAt: Moment.nullable(), roles: z.array(Role),
});
export type Person = z.output<typeof Person>;
export const PersonDetail = Person.extend({ abilities: z.object({ suspend: z.boolean(), reinstate: z.boolean(), close: z.boolean(), grantRoles: z.boolean() }) });
export type PersonDetail = z.output<typeof PersonDetail>;
export const PersonPage = page(Person);
export const PersonQuery = z.object({
  ...pageQuery, q: text(0, 100).default(''), bodyId: Id.optional(), role: RoleName.optional(),
  /** `waiting`: the address confirmed, no body yet; `unconfirmed`: the address not confirmed. */
  state: z.enum(['active', 'waiting', 'unconfirmed', 'suspended']).optional(),
});
export type PersonQuery = z.output<typeof PersonQuery>;

export const Suspension = z.object({ reason: text(3, 500) });
export const RoleGrant = z.object({ personId: Id, role: RoleName, scope: RoleScope, scopeId: Id.nullable().default(null) });
export type RoleGrant = z.output<typeof RoleGrant>;

export const AuditEntry = z.object({
  id: Id, at: Moment, act: z.string(), actor: z.object({ id: Id, name: z.string() }).nullable(),
  subject: z.object({ kind: z.string(), id: Id.nullable(), name: z.string().nullable() }),
  body: BodyReference.nullable(), details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.output<typeof AuditEntry>;
export const AuditPage = page(AuditEntry);
export const AuditQuery = z.object({ ...pageQuery, personId: Id.optional(), bodyId: Id.optional() });
