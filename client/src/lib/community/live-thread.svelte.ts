import type { Post, PostList, ThreadView } from '$contract/community.ts';
import type { Attachment } from '$contract/files.ts';
import type { ServerToClient } from '$contract/sockets.ts';
import { api, ApiProblem, wordsOf } from '$lib/api.ts';
import { newId } from './drafts.ts';

/** A reply on its way, or stopped on it. */
export interface Outgoing {
	clientId: string;
	html: string;
	/** Files that have arrived and go with it. */
	attachments: Attachment[];
	/** The version of the draft that goes with it. */
	draft?: number | undefined;
	state: 'sending' | 'failed';
	/** Why it stopped. */
	message: string;
}

type Hint = Parameters<ServerToClient['thread:changed']>[0];
type Head = Omit<ThreadView, 'posts' | 'lastSequence'>;

/** As many as the API gives at once. */
const MOST = 100;

/**
 * A thread as this page shows it: a run of posts without gaps, known by their sequence. A hint only says how far the thread goes; what is
 * new is asked for when somebody wants to see it, so a crowd that watches asks for nothing. None is lost, none comes twice.
 */
export class LiveThread {
	head: Head;
	/** Ascending. */
	posts: Post[];
	/** How far the thread goes, as far as we have heard. */
	lastSequence: number;
	outgoing = $state<Outgoing[]>([]);
	/** Removed, or no longer ours to read. */
	gone = $state(false);
	/** The thread that this one became part of: what was sent here was written there. */
	elsewhere = $state.raw<PostList['elsewhere']>(undefined);
	/** Whether the run ended where the thread did: only then is what comes shown below it. */
	readonly toEnd: boolean;
	private heardBefore = false;

	constructor(view: ThreadView) {
		const { posts, lastSequence, ...head } = view;
		this.head = $state.raw(head);
		this.posts = $state.raw(posts);
		this.lastSequence = $state(lastSequence);
		this.toEnd = (posts.at(-1)?.sequence ?? 0) === lastSequence;
	}

	private get path(): string {
		return `/threads/${this.head.number}`;
	}
	get first(): number {
		return this.posts[0]?.sequence ?? 1;
	}
	get end(): number {
		return this.posts.at(-1)?.sequence ?? 0;
	}
	/** Replies that came meanwhile; one's own, on its way, is none of them. */
	get news(): number {
		return this.outgoing.some(({ state }) => state === 'sending') ? 0 : Math.max(0, this.lastSequence - this.end);
	}

	/** What `load` found anew. */
	merge(view: ThreadView): void {
		const { posts, lastSequence, ...head } = view;
		this.head = head;
		this.replace(posts);
		this.heard(lastSequence);
	}

	hint({ number, lastSequence, changed }: Hint): void {
		if (number !== this.head.number) return;
		this.heard(lastSequence);
		if (changed !== undefined) void this.quietly(() => (changed === 'several' ? this.lookAtAll() : this.lookAt(changed)));
	}

	/** The server tells us what happens from now on. What happened before the first time is little; after a pause anything may have changed. */
	listening(): void {
		const again = this.heardBefore;
		this.heardBefore = true;
		void this.quietly(() => (again ? this.lookAtAll() : this.countNews()));
	}

	/** Shows what came meanwhile. @returns the first of it. */
	async reveal(): Promise<number> {
		const from = this.end + 1;
		const { items, lastSequence } = await api().get<PostList>(`${this.path}/posts`, { from, limit: MOST });
		this.append(items);
		this.heard(lastSequence);
		return from;
	}

	/** Sends a reply, shown at once. @returns its sequence, null where it waits for a moderator, or nothing where it stopped: it stays in `outgoing` with its words. */
	send(html: string, attachments: Attachment[] = [], draft?: number): Promise<number | null | undefined> {
		const clientId = newId();
		this.outgoing.push({ clientId, html, attachments, draft, state: 'sending', message: '' });
		return this.deliver(clientId);
	}

	/** Sends it again under the same id: what had arrived after all is not written twice. */
	async deliver(clientId: string): Promise<number | null | undefined> {
		const reply = this.outgoing.find((one) => one.clientId === clientId);
		if (!reply) return undefined;
		reply.state = 'sending';
		let written: PostList;
		try {
			written = await api().post<PostList>(`${this.path}/posts`, { clientId, html: reply.html, attachments: reply.attachments, draft: reply.draft });
		} catch (problem) {
			reply.state = 'failed';
			reply.message = wordsOf(problem);
			return undefined;
		}
		if (written.held) {
			this.drop(clientId);
			return null;
		}
		this.elsewhere = written.elsewhere;
		if (written.elsewhere) {
			this.drop(clientId);
			return written.items[0]?.sequence ?? written.lastSequence;
		}
		const sequence = written.items[0]?.sequence ?? written.lastSequence;
		this.heard(written.lastSequence);
		// Others may have written just before
		if (this.toEnd) await this.quietly(async () => {
			this.append(written.items);
			while (this.end < sequence) await this.reveal();
		});
		this.drop(clientId);
		return sequence;
	}

	/** Takes back what was not sent. @returns its words. */
	drop(clientId: string): string {
		const html = this.outgoing.find((one) => one.clientId === clientId)?.html ?? '';
		this.outgoing = this.outgoing.filter((one) => one.clientId !== clientId);
		return html;
	}

	/** One of the posts shown, as it is now. */
	replace(posts: readonly Post[]): void {
		const fresh = new Map(posts.map((post) => [post.sequence, post]));
		this.posts = this.posts.map((post) => fresh.get(post.sequence) ?? post);
	}

	/** An act that the API answers with the whole thread. */
	async act(work: Promise<ThreadView>): Promise<void> {
		const wasClosed = this.head.closed !== null;
		this.merge(await work);
		// What one may do with each post depends on it
		if (wasClosed !== (this.head.closed !== null)) await this.lookAtAll();
	}

	private heard(lastSequence: number): void {
		this.lastSequence = Math.max(this.lastSequence, lastSequence);
	}

	private append(posts: readonly Post[]): void {
		this.replace(posts);
		for (const post of posts) if (post.sequence === this.end + 1) this.posts = [...this.posts, post];
	}

	private async countNews(): Promise<void> {
		const { lastSequence } = await api().get<PostList>(`${this.path}/posts`, { from: this.end + 1, limit: 1 });
		this.heard(lastSequence);
	}

	private lookAt(sequence: number): Promise<void> {
		return this.act(api().get<ThreadView>(this.path, { from: sequence, limit: 1 }));
	}

	private async lookAtAll(): Promise<void> {
		for (let from = this.first; from <= this.end; from += MOST) this.merge(await api().get<ThreadView>(this.path, { from, limit: Math.min(MOST, this.end - from + 1) }));
	}

	/** What nobody asked for fails without a word: the next hint looks again. But what is gone is said. */
	private async quietly(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (problem) {
			if (problem instanceof ApiProblem && problem.status === 404) this.gone = true;
		}
	}
}
