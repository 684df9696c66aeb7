import { m } from '$lib/paraglide/messages.js';
import type { IconName } from '$lib/ui/icons.ts';

/** The sections of the administrator's home. A new section is listed here when its page exists. */
export const administrationNavigation = (): { href: string; title: string; text: string; icon: IconName }[] => [
	{ href: '/amministrazione/persone', title: m.accounts_admin_people(), text: m.accounts_admin_people_text(), icon: 'user' },
	{ href: '/ente', title: m.accounts_admin_requests(), text: m.accounts_admin_requests_text(), icon: 'check-circle' },
	{ href: '/amministrazione/edizioni', title: m.courses_admin_title(), text: m.courses_admin_lead(), icon: 'calendar' },
	{ href: '/amministrazione/attestati', title: m.accounts_admin_certificates(), text: m.accounts_admin_certificates_text(), icon: 'file-pdf' },
	{ href: '/amministrazione/enti', title: m.accounts_admin_bodies(), text: m.accounts_admin_bodies_text(), icon: 'pa' },
	{ href: '/amministrazione/posta', title: m.accounts_admin_mail(), text: m.accounts_admin_mail_text(), icon: 'mail' },
	{ href: '/amministrazione/registro', title: m.accounts_admin_audit(), text: m.accounts_admin_audit_text(), icon: 'list' },
	{ href: '/cruscotto', title: m.accounts_admin_dashboard(), text: m.accounts_admin_dashboard_text(), icon: 'chart-line' }
];
