import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * Asks anew for what changed, by its `depends` keys: for what a page hears while it is open. Where somebody is just going to another page it waits: an invalidation
 * begun meanwhile would end the going there, and her click would be lost.
 */
export async function lookAgain(...keys: string[]): Promise<void> {
	while (navigating.complete) await navigating.complete.catch(() => undefined);
	await Promise.all(keys.map((key) => invalidate(key)));
}
