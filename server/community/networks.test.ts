import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCoordinator, anAdministrator, aPerson } from '../accounts/factory.ts';
import type { BringOutcome, Membership, NetworkHome, NetworkList } from '../contract/community.ts';
import { database } from '../database/connection.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { aMember, aModerator, aNetwork, aThread } from './factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const home = async (person: { id: string } | null, key: string) => (person ? await app.as(person) : app.anonymous()).get<NetworkHome>(`networks/${key}`);
const noticesOf = async (person: { id: string }) => (await (await app.as(person)).get<{ items: { kind: string; text: string }[] }>('notices')).body.items;

describe('a network', () => {
  it('is opened by UPI, once by its name in addresses, with every mistake told', async () => {
    const admin = await app.as(await anAdministrator());
    const input = { key: 'sua-prova', name: 'SUA', summary: 'Le stazioni uniche appaltanti delle Province', area: 'appalti', joining: 'open', reading: 'public' };
    expect((await admin.post<NetworkHome>('networks', input)).body).toMatchObject({ key: 'sua-prova', area: 'appalti', members: 0, threads: 0, abilities: { read: true, moderate: true } });
    expect((await admin.post('networks', input)).body).toMatchObject({ status: 409, code: 'network-key-taken' });
    const wrong = await admin.post<{ errors: { path: string }[] }>('networks', { ...input, key: 'Con Spazi', name: '', joining: 'forse' });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ path }) => path).sort()).toEqual(['body.joining', 'body.key', 'body.name']);
    expect((await (await app.as(await aPerson())).post('networks', { ...input, key: 'altra' })).status).toBe(403);
  });

  it('is changed by who moderates it, and by nobody else', async () => {
    const network = await aNetwork();
    expect((await (await app.as(await aMember(network))).patch(`networks/${network.key}`, { name: 'Mia' })).status).toBe(403);
    expect((await (await app.as(await aModerator(network))).patch<NetworkHome>(`networks/${network.key}`, { name: 'Nostra', area: 'personale' })).body).toMatchObject({ name: 'Nostra', area: 'personale', joining: 'open' });
    expect(await database()('audit_entries').where({ subject_id: network.id, act: 'network.change' })).toHaveLength(1);
  });

  it('is entrusted to a moderator by UPI, who is told; what she does stands in the register by name', async () => {
    const [network, person, admin] = [await aNetwork({ name: 'Rete affidata', joining: 'request' }), await aPerson(), await app.as(await anAdministrator())];
    const role = { personId: person.id, role: 'moderator', scope: 'network', scopeId: network.id };
    expect((await admin.post<{ errors: { path: string }[] }>('roles', { ...role, scopeId: person.id })).body.errors).toMatchObject([{ path: 'body.scopeId' }]);
    expect((await admin.post('roles', role)).status).toBe(201);
    await app.settled();
    expect(await noticesOf(person)).toMatchObject([{ kind: 'role-moderator', text: expect.stringContaining('Rete affidata') }]);
    expect((await admin.get<{ roles: object[] }>(`people/${person.id}`)).body.roles).toMatchObject([{ role: 'moderator', scope: 'network', place: 'Rete affidata' }]);
    const moderator = await app.as(person);
    const asking = await aMember(network, { person: await aPerson({ given_name: 'Lia', family_name: 'Chiedente' }), status: 'requested' });
    expect((await moderator.put(`memberships/${asking.membershipId}/decision`, { decision: 'approved' })).status).toBe(200);
    const { number } = await aThread(moderator, network, { title: 'Una discussione da chiudere' });
    await moderator.put(`threads/${number}/closure`, {});
    const { body } = await admin.get<{ items: { act: string; subject: { name: string | null } }[] }>(`audit-entries?personId=${person.id}`);
    expect(body.items.map(({ act, subject }) => [act, subject.name])).toEqual(expect.arrayContaining([['membership.approved', 'Lia Chiedente, Rete affidata'], ['thread.close', 'Una discussione da chiudere']]));
  });

  it('that is closed and for members alone does not exist for others, in lists, pages and threads', async () => {
    const network = await aNetwork({ joining: 'closed', reading: 'members' });
    const member = await aMember(network);
    const thread = await aThread(await app.as(member), network);
    const keys = async (person: { id: string } | null) => (await (person ? await app.as(person) : app.anonymous()).get<NetworkList>('networks')).body.items.map(({ key }) => key);
    for (const stranger of [null, await aPerson(), await aMember(network, { status: 'left' }), await aMember(network, { status: 'removed' })]) {
      expect(await keys(stranger)).not.toContain(network.key);
      const client = stranger ? await app.as(stranger) : app.anonymous();
      for (const path of [`networks/${network.key}`, `networks/${network.key}/threads`, `threads/${thread.number}`, `threads/${thread.number}/posts`]) expect([path, (await client.get(path)).status]).toEqual([path, 404]);
    }
    for (const insider of [member, await aModerator(network), await anAdministrator()]) {
      expect(await keys(insider)).toContain(network.key);
      expect((await (await app.as(insider)).get(`threads/${thread.number}`)).status).toBe(200);
    }
  });

  it('for members alone but not closed shows its sheet to everybody and its threads to none of them', async () => {
    const network = await aNetwork({ joining: 'request', reading: 'members' });
    await aThread(await app.as(await aMember(network)), network);
    const stranger = await aPerson();
    expect((await home(stranger, network.key)).body).toMatchObject({ threads: null, unanswered: null, tags: [], abilities: { read: false, write: false, join: true } });
    expect((await (await app.as(stranger)).get(`networks/${network.key}/threads`)).status).toBe(404);
  });
});

describe('membership', () => {
  it('of an open network is had at once, twice the same, and ends by leaving', async () => {
    const [network, person] = [await aNetwork(), await aPerson()];
    const client = await app.as(person);
    expect((await client.put<NetworkHome>(`networks/${network.key}/membership`)).body).toMatchObject({ membership: { status: 'active' }, members: 1, abilities: { write: true, join: false, leave: true } });
    expect((await client.put<NetworkHome>(`networks/${network.key}/membership`)).body.members).toBe(1);
    expect((await client.delete(`networks/${network.key}/membership`)).status).toBe(200);
    expect((await home(person, network.key)).body).toMatchObject({ membership: { status: 'left' }, members: 0, abilities: { write: false, join: true } });
    expect(await noticesOf(person)).toEqual([]);
  });

  it('is refused to who has no body yet, and where the network is closed', async () => {
    const nobody = await app.as(await aPerson({ body: null }));
    expect((await nobody.put(`networks/${(await aNetwork()).key}/membership`)).body).toMatchObject({ status: 409, code: 'network-no-body' });
    const closed = await aNetwork({ joining: 'closed' });
    expect((await (await app.as(await aPerson())).put(`networks/${closed.key}/membership`)).body).toMatchObject({ status: 409, code: 'network-closed' });
  });

  it('on request waits for a moderator, who is told; the person is told what was decided and why', async () => {
    const network = await aNetwork({ joining: 'request', reading: 'members' });
    const [moderator, person] = [await aModerator(network), await aPerson()];
    const client = await app.as(person);
    expect((await client.put<NetworkHome>(`networks/${network.key}/membership`, { motivation: 'Seguo le gare' })).body).toMatchObject({ membership: { status: 'requested' }, abilities: { read: false } });
    await app.settled();
    expect(await noticesOf(moderator)).toMatchObject([{ kind: 'membership-requested' }]);
    const asModerator = await app.as(moderator);
    expect((await asModerator.get<NetworkHome>(`networks/${network.key}`)).body.requests).toBe(1);
    const { body } = await asModerator.get<{ items: Membership[] }>(`networks/${network.key}/members?status=requested`);
    expect(body.items).toMatchObject([{ person: { id: person.id }, motivation: 'Seguo le gare', abilities: { decide: true } }]);
    const id = body.items[0]?.id;
    expect((await asModerator.put(`memberships/${id}/decision`, { decision: 'refused' })).status).toBe(422);
    expect((await (await app.as(await aMember(network))).put(`memberships/${id}/decision`, { decision: 'approved' })).status).toBe(404);
    expect((await asModerator.put(`memberships/${id}/decision`, { decision: 'refused', reason: 'Solo per le stazioni appaltanti' })).status).toBe(200);
    expect((await asModerator.put(`memberships/${id}/decision`, { decision: 'approved' })).body).toMatchObject({ code: 'membership-decided' });
    await client.put(`networks/${network.key}/membership`);
    await asModerator.put(`memberships/${id}/decision`, { decision: 'approved' });
    await app.settled();
    expect((await noticesOf(person)).map(({ kind }) => kind).sort()).toEqual(['membership-approved', 'membership-refused']);
    expect((await noticesOf(person)).find(({ kind }) => kind === 'membership-refused')?.text).toContain('Solo per le stazioni appaltanti');
    expect((await client.get(`networks/${network.key}/threads`)).status).toBe(200);
  });

  it('is taken by a moderator with a reason; who was removed does not come back by herself', async () => {
    const network = await aNetwork({ reading: 'members' });
    const [member, moderator] = [await aMember(network), await app.as(await aModerator(network))];
    const client = await app.as(member);
    expect((await client.get(`networks/${network.key}/threads`)).status).toBe(200);
    expect((await (await app.as(await aMember(network))).put(`memberships/${member.membershipId}/removal`, { reason: 'Antipatia' })).status).toBe(404);
    expect((await moderator.put(`memberships/${member.membershipId}/removal`, {})).status).toBe(422);
    expect((await moderator.put(`memberships/${member.membershipId}/removal`, { reason: 'Ha cambiato mestiere' })).status).toBe(200);
    expect((await client.get(`networks/${network.key}/threads`)).status).toBe(404);
    expect((await client.put(`networks/${network.key}/membership`)).body).toMatchObject({ code: 'network-removed' });
    expect((await moderator.put(`memberships/${member.membershipId}/removal`, { reason: 'Ancora una volta' })).body).toMatchObject({ code: 'membership-ended' });
    await app.settled();
    expect(await noticesOf(member)).toMatchObject([{ kind: 'membership-removed', text: expect.stringContaining('Ha cambiato mestiere') }]);
  });

  it('shows its people to members, page by page, and to nobody else', async () => {
    const network = await aNetwork();
    for (const family_name of ['Zeta', 'Alfa', 'Mezzo']) await aMember(network, { person: await aPerson({ family_name }) });
    const client = await app.as(await aMember(network, { person: await aPerson({ family_name: 'Beta' }) }));
    const first = (await client.get<{ items: Membership[]; next: string }>(`networks/${network.key}/members?limit=3`)).body;
    const rest = (await client.get<{ items: Membership[]; next: string | null }>(`networks/${network.key}/members?limit=3&cursor=${first.next}`)).body;
    expect([...first.items, ...rest.items].map(({ person }) => person.name.split(' ').at(-1))).toEqual(['Alfa', 'Beta', 'Mezzo', 'Zeta']);
    expect(rest.next).toBeNull();
    expect((await client.get(`networks/${network.key}/members?status=requested`)).status).toBe(403);
    expect((await (await app.as(await aPerson())).get(`networks/${network.key}/members`)).status).toBe(403);
    expect((await app.anonymous().get(`networks/${network.key}/members`)).status).toBe(401);
  });

  it('comes for ten colleagues at once from their coordinator, and for nobody of another Province', async () => {
    const network = await aNetwork();
    const siena = await aProvince('Siena');
    const coordinator = await app.as(await aCoordinator({ body: siena }));
    const colleagues = await Promise.all(Array.from({ length: 10 }, () => aPerson({ body: siena })));
    const stranger = await aPerson({ body: await aProvince('Nuoro') });
    const order = { personIds: [...colleagues, stranger].map(({ id }) => id) };
    const { body } = await coordinator.post<BringOutcome>(`networks/${network.key}/members`, order);
    expect(body.items.map(({ personId }) => personId)).toEqual(order.personIds);
    expect(body.items.filter(({ status }) => status === 'active')).toHaveLength(10);
    expect(body.items.at(-1)).toEqual({ personId: stranger.id, status: null, code: 'colleague-not-yours' });
    expect((await coordinator.post<BringOutcome>(`networks/${network.key}/members`, order)).body.items.filter(({ status }) => status === 'active')).toHaveLength(10);
    await app.settled();
    for (const colleague of colleagues) expect(await noticesOf(colleague)).toMatchObject([{ kind: 'membership-approved' }]);
    expect(await database()('network_members').where({ network_id: network.id })).toHaveLength(10);
    expect((await (await app.as(await aPerson())).post(`networks/${network.key}/members`, order)).status).toBe(403);
    const asking = await aNetwork({ joining: 'request' });
    expect((await coordinator.post<BringOutcome>(`networks/${asking.key}/members`, { personIds: [colleagues[0]?.id] })).body.items).toMatchObject([{ status: 'requested' }]);
    const closed = await aNetwork({ joining: 'closed' });
    expect((await coordinator.post(`networks/${closed.key}/members`, { personIds: [colleagues[0]?.id] })).body).toMatchObject({ code: 'network-closed' });
  });

  it('comes by invitation of who moderates, also where it is closed; she finds people by name, and no addresses', async () => {
    const network = await aNetwork({ joining: 'closed', reading: 'members' });
    const [moderator, guest, member] = [await app.as(await aModerator(network)), await aPerson({ given_name: 'Nicolò', family_name: 'Invitàto', body: await aProvince('Siena') }), await app.as(await aMember(network))];
    const { body } = await moderator.get<{ items: object[] }>(`networks/${network.key}/candidates?q=invitato%20nic`);
    expect(body.items).toEqual([{ id: guest.id, name: 'Nicolò Invitàto', body: 'Provincia di Siena' }]);
    expect((await moderator.get<{ items: object[] }>(`networks/${network.key}/candidates?q=invi%25`)).body.items).toEqual([]);
    expect((await member.get(`networks/${network.key}/candidates?q=invitato`)).status).toBe(403);
    expect((await (await app.as(await aCoordinator())).get(`networks/${network.key}/candidates?q=invitato`)).status).toBe(404);
    expect((await member.post(`networks/${network.key}/members`, { personIds: [guest.id] })).status).toBe(403);
    expect((await moderator.post<BringOutcome>(`networks/${network.key}/members`, { personIds: [guest.id] })).body.items).toEqual([{ personId: guest.id, status: 'active', code: null }]);
    expect((await home(guest, network.key)).body).toMatchObject({ membership: { status: 'active' }, abilities: { read: true, write: true, invite: false } });
  });
});
