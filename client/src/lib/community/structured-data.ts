import type { ThreadView } from '$contract/community.ts';
import { postHref, threadHref } from './links.ts';

/**
 * A public thread as search engines read it (schema.org QAPage): the question, the accepted answer, the others of this page.
 * @param origin of our own addresses.
 */
export function threadData({ number, title, network, author, createdAt, replies, accepted, interest, posts }: ThreadView, origin: string): string | undefined {
	const question = posts.find(({ sequence }) => sequence === 1);
	// Only where the question itself is, and is not hidden: other pages of the thread are not another one
	if (network.reading !== 'public' || !question || question.deleted) return undefined;
	const person = ({ name }: { name: string }) => ({ '@type': 'Person', name });
	const answers = posts.filter(({ sequence, deleted }) => sequence > 1 && !deleted);
	const answer = (post: (typeof posts)[number]) => ({
		'@type': 'Answer', text: post.html, dateCreated: post.createdAt, url: origin + postHref(network.key, number, post.sequence), author: person(post.author),
		upvoteCount: post.reactions.reduce((sum, { count }) => sum + count, 0)
	});
	const best = answers.find(({ sequence }) => sequence === accepted?.sequence);
	const data = {
		'@context': 'https://schema.org', '@type': 'QAPage',
		mainEntity: {
			'@type': 'Question', name: title, text: question.html, dateCreated: createdAt, url: origin + threadHref(network.key, number), author: person(author), answerCount: replies, upvoteCount: interest.bodies,
			...(best ? { acceptedAnswer: answer(best) } : {}), suggestedAnswer: answers.filter((post) => post !== best).map(answer)
		}
	};
	// Nothing of it may end the element that it stands in
	return JSON.stringify(data).replaceAll('<', '\\u003c');
}
