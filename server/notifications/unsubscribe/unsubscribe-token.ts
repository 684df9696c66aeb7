import { config } from '../../config.ts';
import type { Language } from '../../http/actor.ts';
import type { MailLink } from '../compose-mail.ts';
import { isSigned, signatureOf, uuid } from '../signing.ts';

/** What a link unsubscribes from. */
export type Scope = { kind: 'thread' | 'network'; id: string } | { kind: 'all' };

const KINDS = ['thread', 'network', 'all'] as const;
const NOWHERE = '00000000-0000-0000-0000-000000000000';
const SIGNATURE = 16;

const idOf = (scope: Scope) => (scope.kind === 'all' ? NOWHERE : scope.id);

/** The secret of a link: for one person and one scope, for as long as both are there. */
export async function unsubscribeToken(personId: string, scope: Scope): Promise<string> {
  const head = Buffer.concat([Buffer.of(KINDS.indexOf(scope.kind)), uuid.toBytes(personId), uuid.toBytes(idOf(scope))]);
  return Buffer.concat([head, await signatureOf('unsubscribe', [personId, scope.kind, idOf(scope)], SIGNATURE)]).toString('base64url');
}

/** Whose link it is and what for; nothing where we did not make it. */
export async function readUnsubscribeToken(token: string): Promise<{ personId: string; scope: Scope } | undefined> {
  const bytes = Buffer.from(token, 'base64url');
  const kind = KINDS[bytes[0] ?? KINDS.length];
  if (bytes.length !== 33 + SIGNATURE || kind === undefined) return undefined;
  const [personId, id] = [uuid.fromBytes(bytes.subarray(1, 17)), uuid.fromBytes(bytes.subarray(17, 33))];
  if (!(await isSigned(bytes.subarray(33), 'unsubscribe', [personId, kind, id]))) return undefined;
  return { personId, scope: kind === 'all' ? { kind } : { kind, id } };
}

const LABELS: Record<Language, Record<Scope['kind'], string>> = {
  it: { thread: 'Silenzia questa discussione', network: 'Silenzia questa rete', all: 'Non ricevere più e-mail dalle reti' },
  en: { thread: 'Mute this thread', network: 'Mute this network', all: 'Stop all e-mails of the networks' },
};

/** The links at the foot of a mail, and the headers with which a mail program offers the first of them (RFC 2369, RFC 8058). */
export async function unsubscribeLinks(person: { id: string; language: Language }, scopes: Scope[]): Promise<{ links: MailLink[]; headers: Record<string, string> }> {
  const made: { scope: Scope; token: string }[] = [];
  for (const scope of scopes) made.push({ scope, token: await unsubscribeToken(person.id, scope) });
  return {
    links: made.map(({ scope, token }) => ({ label: LABELS[person.language][scope.kind], url: `${config.publicUrl}/disiscrizione?codice=${token}` })),
    headers: made[0] ? { 'List-Unsubscribe': `<${config.publicUrl}/api/v1/unsubscriptions/${made[0].token}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {},
  };
}
