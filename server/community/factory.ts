import { randomUUID } from 'node:crypto';
import { aPerson, type BuiltPerson } from '../accounts/factory.ts';
import type { Joining, MembershipStatus, Reading } from '../contract/community.ts';
import { database } from '../database/connection.ts';
import type { TestClient } from '../testing/app.ts';
import { unique } from '../testing/unique.ts';

export interface BuiltNetwork {
  id: string;
  key: string;
  name: string;
}

/** A network open to all and read by all, unless told. */
export async function aNetwork(overrides: { key?: string; name?: string; joining?: Joining; reading?: Reading } = {}): Promise<BuiltNetwork> {
  const number = unique();
  const [row] = (await database()('networks')
    .insert({ key: `rete-${number}`, name: `Rete ${number}`, summary: 'Una rete di prova', joining: 'open', reading: 'public', ...overrides }).returning(['id', 'key', 'name'])) as BuiltNetwork[];
  if (!row) throw new Error('not inserted');
  return row;
}

/** Somebody in a network: a new person unless told, a member since an hour ago. */
export async function aMember(network: { id: string }, overrides: { person?: BuiltPerson; status?: MembershipStatus } = {}): Promise<BuiltPerson & { membershipId: string }> {
  const person = overrides.person ?? (await aPerson());
  const since = new Date(Date.now() - 3_600_000);
  const [row] = (await database()('network_members')
    .insert({ network_id: network.id, person_id: person.id, status: overrides.status ?? 'active', requested_at: since, decided_at: since, read_until: since }).returning('id')) as { id: string }[];
  if (!row) throw new Error('not inserted');
  return { ...person, membershipId: row.id };
}

export const aModerator = (network: { id: string }) => aPerson({ roles: [{ role: 'moderator', scope: 'network', scopeId: network.id }] });

/** A thread opened over HTTP by this browser's person. @returns its number and the question's id. */
export async function aThread(client: TestClient, network: { key: string }, overrides: { title?: string; html?: string; tags?: string[] } = {}): Promise<{ number: number; postId: string }> {
  const { status, body } = await client.post<{ number: number; posts: { id: string }[] }>(`networks/${network.key}/threads`, { clientId: randomUUID(), title: 'Come si fa una convenzione?', html: '<p>Chiedo consiglio.</p>', ...overrides });
  if (status !== 201) throw new Error(`thread: ${status} ${JSON.stringify(body)}`);
  return { number: body.number, postId: body.posts[0]?.id ?? '' };
}

/** A reply over HTTP. @returns the post's id and sequence. */
export async function aReply(client: TestClient, number: number, html = '<p>Ecco come facciamo noi.</p>', clientId: string = randomUUID()): Promise<{ id: string; sequence: number }> {
  const { status, body } = await client.post<{ items: { id: string; sequence: number }[] }>(`threads/${number}/posts`, { clientId, html });
  const [post] = body.items ?? [];
  if (status !== 201 || !post) throw new Error(`reply: ${status} ${JSON.stringify(body)}`);
  return post;
}
