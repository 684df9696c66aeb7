import { hash } from '@node-rs/argon2';
import { type Tx } from '../database/transaction.ts';
import { FAMILY_NAMES, GIVEN_NAMES, JOB_TITLES } from './names.ts';
import type { Random } from './random.ts';
import { DEMONSTRATION_PASSWORD, SAMPLE_SIGN_INS } from './sign-ins.ts';

export interface DemoMember {
  id: string;
  name: string;
  phase: number;
  municipalities: string[];
}

export interface DemoPerson {
  id: string;
  email: string;
  bodyId: string;
  memberId: string | null;
}

/** Learners of each member: a few more than the fifteen that the programme trains, so that seats are wanted. */
const LEARNERS_PER_MEMBER: [number, number] = [5, 9];

const slug = (value: string) => value.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z]+/g, '');

/** Coordinators and learners of every member, and the sample sign-ins. @returns the learners; the samples are found by their e-mail. */
export async function seedPeople(tx: Tx, random: Random, members: DemoMember[], upi: string): Promise<DemoPerson[]> {
  const passwordHash = await hash(DEMONSTRATION_PASSWORD);
  const rows: Record<string, unknown>[] = [];
  const memberOf = new Map<string, string | null>();
  const coordinators: { email: string; memberId: string }[] = [];
  const taken = new Set<string>();

  const add = (bodyId: string, memberId: string | null, domain: string, who: { givenName: string; familyName: string; jobTitle: string; email?: string }): string => {
    let email = who.email ?? `${slug(who.givenName)}.${slug(who.familyName)}@${domain}`;
    for (let n = 2; taken.has(email); n += 1) email = `${slug(who.givenName)}.${slug(who.familyName)}${n}@${domain}`;
    taken.add(email);
    memberOf.set(email, memberId);
    rows.push({
      given_name: who.givenName, family_name: who.familyName, email, password_hash: passwordHash, job_title: who.jobTitle, body_id: bodyId, confirmed_at: daysAgo(420), created_at: daysAgo(420),
    });
    return email;
  };
  const somebody = () => ({ givenName: random.pick(GIVEN_NAMES), familyName: random.pick(FAMILY_NAMES), jobTitle: random.pick(JOB_TITLES) });

  for (const sample of SAMPLE_SIGN_INS) {
    const member = members.find(({ name }) => name === sample.body);
    add(member?.id ?? upi, member?.id ?? null, '', sample);
    if (sample.role === 'coordinator' && member) coordinators.push({ email: sample.email, memberId: member.id });
  }
  const samples = rows.length;
  for (const member of members) {
    const domain = `provincia.${slug(member.name)}.example`;
    if (!coordinators.some(({ memberId }) => memberId === member.id)) coordinators.push({ email: add(member.id, member.id, domain, somebody()), memberId: member.id });
  }
  const learnersFrom = rows.length;
  for (const member of members) {
    const count = random.int(...LEARNERS_PER_MEMBER);
    for (let i = 0; i < count; i += 1) {
      const municipality = member.municipalities.length > 0 && random.chance(250) ? random.pick(member.municipalities) : undefined;
      add(municipality ?? member.id, member.id, municipality ? `comune${random.int(1, 60)}.${slug(member.name)}.example` : `provincia.${slug(member.name)}.example`, somebody());
    }
  }
  const inserted: { id: string; email: string; body_id: string }[] = [];
  for (let i = 0; i < rows.length; i += 500) inserted.push(...((await tx('people').insert(rows.slice(i, i + 500)).returning(['id', 'email', 'body_id'])) as typeof inserted));
  const idOf = new Map(inserted.map(({ id, email }) => [email, id]));
  await tx('affiliations').insert(inserted.map(({ id, body_id }) => ({ person_id: id, body_id, status: 'approved', requested_at: daysAgo(420), decided_at: daysAgo(419) })));
  await tx('roles').insert([
    ...coordinators.map(({ email, memberId }) => ({ person_id: idOf.get(email), role: 'coordinator', scope: 'body', scope_id: memberId })),
    ...SAMPLE_SIGN_INS.filter(({ role }) => role === 'admin').map(({ email }) => ({ person_id: idOf.get(email), role: 'admin', scope: 'platform', scope_id: null })),
  ]);
  await tx('body_domains').insert(members.map(({ id, name }) => ({ domain: `provincia.${slug(name)}.example`, body_id: id }))).onConflict('domain').ignore();
  return inserted.filter((_, i) => i < samples || i >= learnersFrom).map(({ id, email, body_id }) => ({ id, email, bodyId: body_id, memberId: memberOf.get(email) ?? null }));
}

/** Midday of a day so many days ago: whole days, so that a month is never cut by an hour. */
export function daysAgo(days: number): Date {
  const midday = new Date();
  midday.setUTCHours(11, 0, 0, 0);
  return new Date(midday.getTime() - days * 86_400_000);
}
