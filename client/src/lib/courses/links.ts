import type { Actor } from '$lib/session.ts';
import { m } from '$lib/paraglide/messages.js';

/** Where one enrols in an edition. */
export const enrolHref = (courseKey: string, code: string): string => `/corsi/${courseKey}/iscrizione?edizione=${encodeURIComponent(code)}`;

/** The pages above those of the editions, as this person sees them: administration is UPI's alone. */
export const stepsAboveEditions = (actor: Actor | null) => (actor?.abilities.administer ? [{ href: '/amministrazione', label: m.courses_admin() }] : []);

/** The pages above one edition. */
export const stepsAboveEdition = (actor: Actor | null) => [...stepsAboveEditions(actor), { href: '/amministrazione/edizioni', label: m.courses_admin_title() }];
