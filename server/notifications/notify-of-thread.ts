import { config } from '../config.ts';
import type { NoticeGroup } from '../contract/notifications.ts';
import type { Tx } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import type { Language } from '../http/actor.ts';
import type { MailParts } from './compose-mail.ts';
import { notify, type Told } from './notify.ts';
import { linkOf, type PostFacts } from './post-facts.ts';
import { replyAddressOf } from './reply-by-mail/reply-address.ts';
import type { Envelope } from './send-mail.ts';
import { quietUntil } from './settings/quiet-hours.ts';
import { settingsOf } from './settings/settings.ts';
import type { NoticeKind, NoticeParams } from './texts.ts';
import { type Scope, unsubscribeLinks } from './unsubscribe/unsubscribe-token.ts';
import { whyOf, type Why } from './why.ts';

export interface ThreadNotice {
  personId: string;
  kind: NoticeKind;
  group: NoticeGroup;
  key: string;
  why: Why;
  /** That she follows. */
  tag?: string | null;
  facts: PostFacts;
}

/** So much of a post is in a mail; the rest is in the page. */
const QUOTED = 700;

/** Tells a person of something in a thread by the ways that she has chosen: in the page always; by mail now (in her quiet hours when they end), with a digest, or not. */
export async function notifyOfThread(tx: Tx, { personId, kind, group, key, why, tag, facts }: ThreadNotice): Promise<void> {
  const settings = await settingsOf(tx, personId);
  const way = settings.mails ? settings.ways[group] : 'none';
  const params: NoticeParams = { person: facts.author, personId: facts.author_id, thread: facts.title, network: facts.network, networkKey: facts.network_key, number: String(facts.number), why, ...(tag ? { tag } : {}) };
  await notify(tx, {
    personId, kind, key, params, link: linkOf(facts),
    community: {
      networkId: facts.network_id, threadId: facts.thread_id, digest: way === 'daily' || way === 'weekly' ? way : null,
      mail: way === 'now' ? (person) => mailOf(tx, person, kind, params, facts, quietUntil(settings, clock.now())) : null,
    },
  });
}

const WORDS: Record<Language, { why: string; change: string; reply: string }> = {
  it: { why: 'Perché ricevo questo avviso?', change: 'Cambia che cosa ricevi', reply: 'Puoi rispondere a questa e-mail: quello che scrivi sopra al testo citato viene pubblicato nella discussione.' },
  en: { why: 'Why do I get this notice?', change: 'Change what you receive', reply: 'You can reply to this e-mail: what you write above the quoted text is published in the thread.' },
};

async function mailOf(tx: Tx, person: Told, kind: NoticeKind, params: NoticeParams, facts: PostFacts, heldUntil: Date | null): Promise<{ parts: MailParts; envelope: Envelope }> {
  const words = WORDS[person.language];
  const why = whyOf(params, person.language);
  const replyTo = facts.closed ? null : await replyAddressOf(tx, person.id, facts);
  const scopes: Scope[] = [...(kind === 'thread-new' ? [] : [{ kind: 'thread' as const, id: facts.thread_id }]), { kind: 'network', id: facts.network_id }, { kind: 'all' }];
  const { links, headers } = await unsubscribeLinks(person, scopes);
  return {
    parts: {
      // The same for all mails of a thread: programs put them together by it
      subject: `${kind === 'thread-new' ? '' : 'Re: '}[${facts.network}] ${facts.title}`,
      quote: facts.words.length > QUOTED ? `${facts.words.slice(0, QUOTED).trimEnd()}…` : facts.words,
      why: [...(why ? [`${words.why} ${why.text}`] : []), ...(replyTo ? [words.reply] : [])].join(' '),
      links: [...(why ? [{ label: words.change, url: config.publicUrl + why.link }] : []), ...links],
    },
    envelope: { heldUntil, headers: { ...headers, ...threadHeaders(facts), ...(replyTo ? { 'Reply-To': replyTo } : {}) } },
  };
}

/** What makes mails of one thread a conversation, and tells programs that this is a list. */
function threadHeaders({ number, network_key }: PostFacts): Record<string, string> {
  const domain = new URL(config.publicUrl).hostname;
  const root = `<discussione-${number}@${domain}>`;
  return { 'In-Reply-To': root, 'References': root, 'List-Id': `<${network_key}.reti.${domain}>` };
}
