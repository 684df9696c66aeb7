import type { ParsedMail } from 'mailparser';
import { config } from '../../config.ts';

const text = (mail: ParsedMail, name: string): string | undefined => {
  const value = mail.headers.get(name);
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value).toLowerCase();
};

/**
 * Whether no person wrote this: an absence note, a failure, a list, or our own mail come back. Such mails are never answered, so that two programs do
 * not talk to each other for ever.
 * @param envelopeFrom '' is what failures are sent with; null: not known.
 */
export function isAutomatic(mail: ParsedMail, envelopeFrom: string | null): boolean {
  const own = `@${new URL(config.publicUrl).hostname}>`;
  const submitted = text(mail, 'auto-submitted');
  return envelopeFrom === '' || envelopeFrom === '<>'
    || (submitted !== undefined && submitted !== 'no')
    || /\b(bulk|junk|list|auto_reply)\b/.test(text(mail, 'precedence') ?? '')
    || ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-loop', 'list-id', 'list', 'x-failed-recipients'].some((name) => mail.headers.has(name))
    || /multipart\/report|delivery-status/.test(text(mail, 'content-type') ?? '')
    || /^"?<?\s*>?"?$/.test(text(mail, 'return-path') ?? 'somebody')
    || (mail.messageId ?? '').toLowerCase().endsWith(own)
    || /^(mailer-daemon|postmaster|no-?reply)@/i.test(mail.from?.value[0]?.address ?? '');
}
