import type { MailService } from '$contract/notifications.ts';
import { api } from '$lib/api.ts';

/** Whether mails leave. Where nobody can tell, as usual: they do. */
export async function mailsLeave(fetch: typeof globalThis.fetch): Promise<boolean> {
	const { delivers } = await api(fetch).get<MailService>('/mail-service').catch((): MailService => ({ delivers: true }));
	return delivers;
}
