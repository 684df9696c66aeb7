import { m } from '$lib/paraglide/messages.js';
import type { Actor } from '$lib/session.ts';

export interface NavigationLink {
	href: string;
	label: string;
}

/** The main navigation, as this person sees it. A page is listed here when it exists, and not before. */
export function mainNavigation(actor: Actor | null): NavigationLink[] {
	return [
		{ href: '/corsi', label: m.ui_nav_courses() },
		{ href: '/reti', label: m.ui_nav_networks() },
		{ href: '/buone-pratiche', label: m.practices_title() },
		// The directory is for who has signed in
		...(actor ? [{ href: '/esperti', label: m.experts_title() }] : []),
		{ href: '/webinar', label: m.webinars_title() },
		...(actor
			? [
					{ href: '/percorso', label: m.ui_nav_my_path() },
					{ href: '/libretto', label: m.ui_nav_transcript() }
				]
			: []),
		...(actor?.abilities.coordinate ? [{ href: '/ente', label: m.ui_nav_body() }] : []),
		...(actor?.abilities.train && !actor.abilities.administer ? [{ href: '/amministrazione/edizioni', label: m.courses_nav_editions() }] : []),
		{ href: '/cruscotto', label: m.ui_nav_dashboard() },
		{ href: '/verifica', label: m.ui_nav_verify() },
		...(actor?.abilities.administer ? [{ href: '/amministrazione', label: m.ui_nav_admin() }] : [])
	];
}

export const profileNavigation = (actor: Actor): NavigationLink[] => [
	...(actor.abilities.moderate ? [{ href: '/moderazione', label: m.moderation_title() }] : []),
	{ href: '/messaggi', label: m.direct_title() },
	{ href: '/profilo', label: m.ui_nav_profile() },
	{ href: '/profilo/bozze', label: m.ui_nav_drafts() },
	{ href: '/esci', label: m.ui_nav_sign_out() }
];

export const footerNavigation = (): NavigationLink[] => [
	{ href: '/contatti', label: m.ui_footer_contacts() },
	{ href: '/accessibilita', label: m.ui_footer_accessibility() },
	{ href: '/privacy', label: m.ui_footer_privacy() },
	{ href: '/licenza', label: m.ui_footer_licence() },
	{ href: '/api/docs', label: m.ui_footer_api() }
];

/** Whether a link is the page shown, or an ancestor of it. */
export const isCurrent = (href: string, pathname: string) => pathname === href || pathname.startsWith(`${href}/`);
