import { m } from '$lib/paraglide/messages.js';
import type { Mistake } from './submission.svelte.ts';

/** As the contract's `PASSWORD_MIN`, which would bring zod into the page. The server judges; this only says it sooner. */
const LEAST = 12;

/** What is wrong with a chosen password, as far as its length tells. */
export function checkNewPassword(field: string, password: string): Mistake[] {
	if (password === '') return [{ field, message: m.accounts_password_missing() }];
	return [...password].length < LEAST ? [{ field, message: m.accounts_password_short() }] : [];
}

/** What is wrong with an address, as far as its shape tells. */
export function checkEmail(field: string, email: string): Mistake[] {
	if (email.trim() === '') return [{ field, message: m.accounts_email_missing() }];
	return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()) ? [] : [{ field, message: m.accounts_email_malformed() }];
}
