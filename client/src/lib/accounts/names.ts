import type { OwnAffiliation, Person, Role } from '$contract/accounts.ts';
import { m } from '$lib/paraglide/messages.js';

export const fullName = ({ givenName, familyName }: { givenName: string; familyName: string }) => `${givenName} ${familyName}`;

export type RoleName = Role['role'];

const ROLE_NAMES: Record<RoleName, () => string> = {
	admin: m.accounts_role_admin,
	coordinator: m.accounts_role_coordinator,
	trainer: m.accounts_role_trainer,
	moderator: m.accounts_role_moderator,
	agent: m.accounts_role_agent,
	steward: m.accounts_role_steward
};

/** What can be held today; the others come with their features. */
export const grantedRoles: readonly RoleName[] = ['coordinator', 'trainer', 'moderator', 'admin'];
export const roleName = (role: RoleName) => ROLE_NAMES[role]();
export const isRoleName = (value: string): value is RoleName => Object.hasOwn(ROLE_NAMES, value);

/** Where a role is held. */
export const rolePlace = (role: Pick<Role, 'place'>) => role.place ?? m.accounts_role_everywhere();

type BadgeKind = 'neutral' | 'success' | 'warning' | 'danger';
interface State {
	label: string;
	kind: BadgeKind;
}

/** How a person stands: shut out, unconfirmed, without a body, or simply active. */
export function personState({ suspendedAt, confirmedAt, body }: Pick<Person, 'suspendedAt' | 'confirmedAt' | 'body'>): State {
	if (suspendedAt) return { label: m.accounts_state_suspended(), kind: 'danger' };
	if (!confirmedAt) return { label: m.accounts_state_unconfirmed(), kind: 'warning' };
	if (!body) return { label: m.accounts_state_waiting(), kind: 'neutral' };
	return { label: m.accounts_state_active(), kind: 'success' };
}

export function affiliationState(status: OwnAffiliation['status']): State {
	switch (status) {
		case 'pending':
			return { label: m.accounts_affiliation_pending(), kind: 'warning' };
		case 'approved':
			return { label: m.accounts_affiliation_approved(), kind: 'success' };
		case 'refused':
			return { label: m.accounts_affiliation_refused(), kind: 'danger' };
		case 'cancelled':
			return { label: m.accounts_affiliation_cancelled(), kind: 'neutral' };
	}
}
