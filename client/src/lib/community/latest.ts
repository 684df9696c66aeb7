import type { ThreadSummary } from '$contract/community.ts';

/** A thread where its network is not known from the page. */
export interface LatestThread {
	thread: ThreadSummary;
	network: { key: string; name: string };
}
